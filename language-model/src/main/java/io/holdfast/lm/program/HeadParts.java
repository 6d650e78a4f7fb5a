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

  /** What the number of scored tokens is padded to a multiple of. */
  static final int ROWS_OF_A_BATCH = 16;

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

  /**
   * Parts whose last one is no smaller than a batch's rows are padded to: with one to three rows
   * MKL adds up in another order, so a token's logits would depend on how many others there are.
   */
  HeadParts inWholeBatches() {
    return new HeadParts(Math.max(ROWS_OF_A_BATCH, tokens - tokens % ROWS_OF_A_BATCH), rows);
  }
}
