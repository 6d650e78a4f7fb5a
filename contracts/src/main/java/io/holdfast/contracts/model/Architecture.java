package io.holdfast.contracts.model;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A Llama block stack: RMSNorm, RoPE, grouped-query causal attention, SwiGLU, no biases. Names and
 * meaning follow the Hugging Face {@code LlamaConfig}.
 *
 * @param vocabSize V
 * @param hiddenSize d
 * @param intermediateSize width of the SwiGLU feed-forward
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headSize size of one head; even, because RoPE rotates pairs
 * @param maxSequenceLength longest sequence the model is built for, in tokens
 * @param ropeTheta base of the rotary frequencies
 * @param rmsNormEpsilon ε under the root of RMSNorm
 * @param tiedEmbeddings whether the output projection is the embedding matrix
 * @param initializerRange standard deviation of the normal initialization
 * @param ropeScaling how the rotary frequencies are stretched, or null when they are not
 */
public record Architecture(
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int maxSequenceLength,
    double ropeTheta,
    double rmsNormEpsilon,
    boolean tiedEmbeddings,
    double initializerRange,
    RopeScaling ropeScaling) {

  public Architecture {
    List<Problem> problems = new ArrayList<>();
    positive(problems, "vocab_size", vocabSize);
    positive(problems, "hidden_size", hiddenSize);
    positive(problems, "intermediate_size", intermediateSize);
    positive(problems, "layers", layers);
    positive(problems, "heads", heads);
    positive(problems, "kv_heads", kvHeads);
    positive(problems, "head_size", headSize);
    positive(problems, "max_sequence_length", maxSequenceLength);
    positive(problems, "rope_theta", ropeTheta);
    positive(problems, "rms_norm_epsilon", rmsNormEpsilon);
    positive(problems, "initializer_range", initializerRange);
    if (kvHeads > 0 && heads % kvHeads != 0) {
      problems.add(
          Problem.at(
              "model.kv_heads",
              "indivisible-heads",
              kvHeads,
              "The key/value heads do not divide the %d query heads.".formatted(heads),
              "Use a divisor of %d.".formatted(heads)));
    }
    if (headSize % 2 != 0) {
      problems.add(
          Problem.at(
              "model.head_size",
              "odd-head-size",
              headSize,
              "RoPE rotates pairs of channels, so the head size must be even.",
              "Use an even head size, such as %d.".formatted(headSize + 1)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** A model whose rotary frequencies are not scaled. */
  public Architecture(
      int vocabSize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int kvHeads,
      int headSize,
      int maxSequenceLength,
      double ropeTheta,
      double rmsNormEpsilon,
      boolean tiedEmbeddings,
      double initializerRange) {
    this(
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headSize,
        maxSequenceLength,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        initializerRange,
        null);
  }

  private static void positive(List<Problem> problems, String name, double value) {
    if (!(value > 0)) {
      problems.add(
          Problem.at(
              "model." + name,
              "not-positive",
              value,
              "The value must be greater than zero.",
              "Give a positive number."));
    }
  }

  /**
   * Whether weights of this model mean the same in another: everything is equal but what only says
   * how the model was made or how long its sequences may be.
   */
  public boolean computesLike(Architecture other) {
    return other.equals(
        new Architecture(
            vocabSize,
            hiddenSize,
            intermediateSize,
            layers,
            heads,
            kvHeads,
            headSize,
            other.maxSequenceLength,
            ropeTheta,
            rmsNormEpsilon,
            tiedEmbeddings,
            other.initializerRange,
            ropeScaling));
  }

  /** The same model, built for sequences of another length. */
  public Architecture withContext(int tokens) {
    return new Architecture(
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headSize,
        tokens,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        initializerRange,
        ropeScaling);
  }

  /** The same model whose output projection is a matrix of its own. */
  public Architecture untied() {
    return new Architecture(
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headSize,
        maxSequenceLength,
        ropeTheta,
        rmsNormEpsilon,
        false,
        initializerRange,
        ropeScaling);
  }

  /** Exact number of trainable parameters; a tied output projection counts once. */
  public long parameters() {
    long embedding = (long) vocabSize * hiddenSize;
    return embedding * (tiedEmbeddings ? 1 : 2) + layers * blockParameters() + hiddenSize;
  }

  private long blockParameters() {
    long queryAndOutput = 2L * hiddenSize * heads * headSize;
    long keyAndValue = 2L * hiddenSize * kvHeads * headSize;
    long feedForward = 3L * hiddenSize * intermediateSize;
    return queryAndOutput + keyAndValue + feedForward + 2L * hiddenSize;
  }

  /**
   * Floating-point operations to train on one token, forward and backward: 6 per parameter that
   * takes part in a matrix product plus 12·layers·heads·headSize·T for attention (PaLM, arXiv
   * 2204.02311, appendix B; causal masking is not discounted).
   */
  public double trainingFlopsPerToken(int sequenceLength) {
    long matmulParameters =
        (long) vocabSize * hiddenSize + layers * (blockParameters() - 2L * hiddenSize);
    return 6.0 * matmulParameters + 12.0 * layers * heads * headSize * sequenceLength;
  }
}
