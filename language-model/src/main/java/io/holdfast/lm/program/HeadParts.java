package io.holdfast.lm.program;

/**
 * How many tokens' logits exist at a time.
 *
 * @param tokens in the products' format: the output projection's products are this tall
 * @param rows in fp32: softmax, loss and gradient go over this many rows at a time
 */
record HeadParts(int tokens, int rows) {

  /**
   * Most memory for the logits of one product; the weights' gradient is added up once a product.
   */
  private static final long TOKENS_BYTES = 128L << 20;

  /** Half of a usual second-level cache. */
  private static final long ROWS_BYTES = 512L << 10;

  HeadParts {
    if (tokens < 1 || rows < 1) {
      throw new IllegalArgumentException("parts have a token: %d, %d".formatted(tokens, rows));
    }
  }

  static HeadParts of(LlamaProgram program) {
    long vocabulary = program.architecture().vocabSize();
    return new HeadParts(
        (int) Math.max(1, TOKENS_BYTES / (program.elementBytes() * vocabulary)),
        (int) Math.max(1, ROWS_BYTES / (Float.BYTES * vocabulary)));
  }
}
