package io.holdfast.theory;

/**
 * What a stage's data asks of one feature: the loss is {@code covariance·σ² − 2·correlation·σ} and
 * a constant.
 *
 * @param covariance variance of the inputs in this direction
 * @param correlation singular value of Σ_xy, "effective strength"
 */
public record Pull(double covariance, double correlation) {

  public Pull {
    if (!(covariance >= 0 && correlation >= 0) || (covariance == 0 && correlation > 0)) {
      throw new IllegalArgumentException(covariance + ", " + correlation);
    }
  }
}
