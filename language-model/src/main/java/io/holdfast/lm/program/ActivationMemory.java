package io.holdfast.lm.program;

/**
 * How much memory one call's activations may take: what an operator says, else what the machine,
 * the container or the GPU has left for a trainer.
 */
public final class ActivationMemory {

  /** MiB that one call's activations may take; by default what the memory allows. */
  public static final String PROPERTY = "holdfast.engine.activation-mib";

  /** Environment variable of the same meaning; the property wins. */
  public static final String VARIABLE = "HOLDFAST_ENGINE_ACTIVATION_MIB";

  /** How many trainers share the machine's memory; 1 by default. */
  public static final String TRAINERS_PROPERTY = "holdfast.engine.trainers";

  /** Environment variable of the same meaning; the property wins. */
  public static final String TRAINERS_VARIABLE = "HOLDFAST_ENGINE_TRAINERS";

  /** Share of the memory that is counted on; the rest is the JVM's, the libraries' and slack. */
  private static final double USABLE = 0.75;

  private ActivationMemory() {}

  /**
   * What one call may take.
   *
   * @param bytes of activations
   * @param tokens however much memory there is
   */
  public record Limit(long bytes, long tokens) {}

  /**
   * Of a call that trains: an operator's memory is filled; without a word from one, a call has at
   * most {@link Processor#mostTokens}, so that machines with enough memory split alike.
   *
   * @param tensorBytes what a trainer holds all the time
   * @throws IllegalArgumentException when a setting is not a positive number
   */
  public static Limit limit(long tensorBytes) {
    boolean explicit = setting(PROPERTY, VARIABLE, 0) > 0;
    return new Limit(
        availableBytes(tensorBytes), explicit ? Long.MAX_VALUE : LibTorch.processor().mostTokens());
  }

  /**
   * Bytes that one call may take when it cannot do with less.
   *
   * @param tensorBytes what a trainer holds all the time
   * @throws IllegalArgumentException when a setting is not a positive number
   */
  public static long availableBytes(long tensorBytes) {
    long explicit = setting(PROPERTY, VARIABLE, 0);
    if (explicit > 0) {
      return Math.multiplyExact(explicit, 1L << 20);
    }
    return left(
        LibTorch.processor().memory(),
        setting(TRAINERS_PROPERTY, TRAINERS_VARIABLE, 1),
        tensorBytes);
  }

  /** What is left for activations; 0 when the tensors alone are too much. */
  static long left(long memory, long trainers, long tensorBytes) {
    long share = (long) (USABLE * memory / trainers);
    return Math.max(0, share - tensorBytes);
  }

  private static long setting(String property, String variable, long absent) {
    String text = System.getProperty(property, System.getenv(variable));
    if (text == null || text.isBlank()) {
      return absent;
    }
    try {
      long value = Long.parseLong(text.strip());
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below, like a number that is not positive.
    }
    throw new IllegalArgumentException(
        "%s or %s must be a positive whole number: %s".formatted(property, variable, text));
  }
}
