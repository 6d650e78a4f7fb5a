package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;

/**
 * How many sequences go through the model in one call: as many as their activations fit a given
 * memory. A pure function of the model and that memory, because the split decides the last bits of
 * a gradient's sums, and dropout's masks.
 */
public final class MicroBatch {

  private MicroBatch() {}

  /** Sequences per call within {@link ActivationMemory#MOST}. */
  public static int sequences(LlamaProgram program, int sequenceLength, int batchSequences) {
    return sequences(program, sequenceLength, batchSequences, ActivationMemory.MOST);
  }

  /**
   * Sequences per call, for a batch that is split into parts as equal as can be; at least one.
   *
   * @param sequenceLength T
   * @param batchSequences sequences of the whole batch
   * @param activationBytes memory for one call's activations
   */
  public static int sequences(
      LlamaProgram program, int sequenceLength, int batchSequences, long activationBytes) {
    double perSequence = sequenceLength * bytesPerToken(program, sequenceLength);
    long most = Math.max(1, (long) (activationBytes / perSequence));
    long calls = Math.max(1, Math.ceilDiv(batchSequences, most));
    return (int) Math.ceilDiv(batchSequences, calls);
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
