package io.holdfast.contracts.study;

import io.holdfast.contracts.model.Architecture;

/**
 * A model as a study declares it; the vocabulary comes with the tokenizer. Components as in {@link
 * Architecture}.
 */
public record ModelDefinition(
    int layers,
    int hidden,
    int ffn,
    int heads,
    int kvHeads,
    int headSize,
    int context,
    double ropeTheta,
    double rmsNormEpsilon,
    boolean tiedEmbeddings,
    double initializerRange) {

  /** The model with its vocabulary. */
  public Architecture architecture(int vocabSize) {
    return new Architecture(
        vocabSize,
        hidden,
        ffn,
        layers,
        heads,
        kvHeads,
        headSize,
        context,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        initializerRange);
  }
}
