package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;

/**
 * A model that begins with random weights; the vocabulary comes with the tokenizer. Components as
 * in {@link Architecture}.
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
    double initializerRange,
    RopeScaling ropeScaling)
    implements StudyModel {

  /** A model whose rotary frequencies are not scaled. */
  public ModelDefinition(
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
    this(
        layers,
        hidden,
        ffn,
        heads,
        kvHeads,
        headSize,
        context,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        initializerRange,
        null);
  }

  @Override
  public Architecture architecture(Inspection inspection) {
    return architecture(inspection.vocabSize());
  }

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
        initializerRange,
        ropeScaling);
  }
}
