package io.holdfast.lm.program;

/**
 * How many sequences go through the model in one call. A pure function of the model and the limits,
 * because the split decides the last bits of a gradient's sums, and dropout's masks.
 */
public final class MicroBatch {

  /**
   * Tokens of one call on a CPU. From here on a step gets no faster; with fewer it reads and writes
   * all weights and gradients too often: SmolLM2-135M trained about a quarter faster with 1,024
   * than with 512, measured beside other work.
   */
  public static final int TOKENS = 2048;

  private MicroBatch() {}

  /** Sequences per call of {@link Processor#mostTokens}, whatever memory they need. */
  public static int sequences(int sequenceLength, int batchSequences) {
    return inEqualParts(batchSequences, LibTorch.processor().mostTokens() / sequenceLength);
  }

  /**
   * Sequences per call, for a batch that is split into parts as equal as can be; at least one.
   *
   * @param sequenceLength T
   * @param batchSequences sequences of the whole batch
   * @param limit of one call
   */
  public static int sequences(
      LlamaProgram program, int sequenceLength, int batchSequences, ActivationMemory.Limit limit) {
    ActivationEstimate estimate = new ActivationEstimate(program, sequenceLength);
    long fitting = 1;
    while (fitting < batchSequences && estimate.bytes(fitting + 1) <= limit.bytes()) {
      fitting++;
    }
    return inEqualParts(batchSequences, Math.min(fitting, limit.tokens() / sequenceLength));
  }

  private static int inEqualParts(int sequences, long most) {
    return (int) Math.ceilDiv(sequences, Math.ceilDiv(sequences, Math.max(1, most)));
  }

  /**
   * The program as it must be for one sequence to fit: it keeps its activations where it can.
   *
   * @param sequenceLength T
   * @param availableBytes the machine's memory for one call's activations
   */
  public static LlamaProgram fitting(
      LlamaProgram program, int sequenceLength, long availableBytes) {
    long bytes = new ActivationEstimate(program, sequenceLength).bytes(1);
    return bytes <= availableBytes ? program : program.keeping(Activations.RECOMPUTED);
  }
}
