package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;

/**
 * How many sequences go through the model in one call. A pure function of the model and the limits,
 * because the split decides the last bits of a gradient's sums, and dropout's masks.
 */
public final class MicroBatch {

  /**
   * Tokens of one call on a CPU. From here on a step gets no faster; with fewer it reads and writes
   * all weights and gradients too often: SmolLM2-135M trains a quarter faster with 1,024 than 512.
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
    double perSequence = sequenceLength * bytesPerToken(program, sequenceLength);
    long fitting = (long) (limit.bytes() / perSequence);
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
    double bytes = sequenceLength * bytesPerToken(program, sequenceLength);
    return bytes <= availableBytes ? program : program.keeping(Activations.RECOMPUTED);
  }

  static long bytes(LlamaProgram program, int sequenceLength, int sequences) {
    return (long) (sequences * sequenceLength * bytesPerToken(program, sequenceLength));
  }

  /** Bytes that the backward pass needs per token, roughly; the logits exist once. */
  private static double bytesPerToken(LlamaProgram program, int sequenceLength) {
    Architecture model = program.architecture();
    double block = blockBytesPerToken(program, sequenceLength);
    double blocks =
        switch (program.activations()) {
          case KEPT -> model.layers() * block;
          case RECOMPUTED -> block + (double) Float.BYTES * model.layers() * model.hiddenSize();
        };
    return blocks + (double) program.elementBytes() * model.vocabSize();
  }

  /**
   * The inputs of every operation of a block: five widths in fp32 and four in the products' format,
   * the projections, three of T scores per head unless attention is fused, four of the
   * feed-forward.
   */
  private static double blockBytesPerToken(LlamaProgram program, int sequenceLength) {
    Architecture model = program.architecture();
    double projections = 5.0 * model.heads() * model.headSize();
    double scores =
        program.attention() == Attention.PLAIN ? 3.0 * model.heads() * sequenceLength : 0;
    double widths = 4.0 * model.hiddenSize() + 4.0 * model.intermediateSize();
    return program.elementBytes() * (widths + projections + scores)
        + Float.BYTES * 5.0 * model.hiddenSize();
  }
}
