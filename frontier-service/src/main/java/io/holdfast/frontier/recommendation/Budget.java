package io.holdfast.frontier.recommendation;

/**
 * The most that a model may cost before it is fine-tuned.
 *
 * @param tokens trained at most, or null for any number
 * @param flops spent at most, or null likewise
 */
public record Budget(Long tokens, Double flops) {

  /** No cap. */
  public static final Budget ANY = new Budget(null, null);

  public Budget {
    if ((tokens != null && tokens < 1) || (flops != null && !(flops > 0))) {
      throw new IllegalArgumentException("%s tokens, %s operations".formatted(tokens, flops));
    }
  }

  /** Whether that is affordable. */
  boolean allows(Price price) {
    return (tokens == null || price.tokens() <= tokens)
        && (flops == null || price.flops() <= flops);
  }
}
