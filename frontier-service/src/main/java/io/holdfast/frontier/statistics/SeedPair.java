package io.holdfast.frontier.statistics;

/**
 * One seed's values under two recipes, in nats per token.
 *
 * @param baseline the baseline recipe's loss
 * @param other the other recipe's loss
 */
public record SeedPair(long seed, double baseline, double other) {

  /** What the other recipe saves: positive when its loss is lower. */
  public double gap() {
    return baseline - other;
  }
}
