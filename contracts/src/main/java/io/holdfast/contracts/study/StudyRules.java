package io.holdfast.contracts.study;

/**
 * What a study refuses to run with.
 *
 * @param computeTolerance by which share the training of a point may cost more than that of the
 *     cheapest one; null when points may differ
 * @param leakage the share of a held-out split's documents that training text may hold too; 1
 *     allows all
 */
public record StudyRules(Double computeTolerance, double leakage) {

  public StudyRules {
    if (computeTolerance != null && !(computeTolerance >= 0)) {
      throw new IllegalArgumentException("a tolerance is not negative: " + computeTolerance);
    }
    if (!(leakage >= 0 && leakage <= 1)) {
      throw new IllegalArgumentException("a share lies in [0, 1]: " + leakage);
    }
  }
}
