package io.holdfast.frontier.statistics.uncertainty;

/** One seed's value of a quantity. */
public record SeedValue(long seed, double value) {
  public SeedValue {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not finite: " + value);
    }
  }
}
