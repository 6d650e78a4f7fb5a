package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;

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
   * Bytes that the backward pass needs per token, roughly: the inputs of every operation of a block
   * (five widths in fp32 and four in the products' format, the projections, three of T scores per
   * head unless attention is fused, four of the feed-forward) and the logits three times in fp32.
   */
  private static double bytesPerToken(LlamaProgram program, int sequenceLength) {
    Architecture model = program.architecture();
    int element = program.precision() == Precision.BF16 ? 2 : 4;
    double projections = 5.0 * model.heads() * model.headSize();
    double scores =
        program.attention() == Attention.PLAIN ? 3.0 * model.heads() * sequenceLength : 0;
    double widths = 4.0 * model.hiddenSize() + 4.0 * model.intermediateSize();
    double block =
        element * (widths + projections + scores) + Float.BYTES * 5.0 * model.hiddenSize();
    return model.layers() * block + Float.BYTES * 3.0 * model.vocabSize();
  }
}
