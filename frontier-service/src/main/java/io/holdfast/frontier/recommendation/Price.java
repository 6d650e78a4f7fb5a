package io.holdfast.frontier.recommendation;

/**
 * What training costs.
 *
 * @param tokens trained
 * @param flops floating-point operations
 */
public record Price(long tokens, double flops) {

  public static final Price NOTHING = new Price(0, 0);

  public Price {
    if (tokens < 0 || !(flops >= 0)) {
      throw new IllegalArgumentException(tokens + " tokens, " + flops + " operations");
    }
  }

  /** Both together. */
  public Price plus(Price other) {
    return new Price(tokens + other.tokens, flops + other.flops);
  }

  Price times(double factor) {
    return new Price(Math.round(tokens * factor), flops * factor);
  }
}
