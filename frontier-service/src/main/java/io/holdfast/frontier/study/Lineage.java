package io.holdfast.frontier.study;

import io.holdfast.contracts.study.SweptSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * One point of a study: a fine-tuned checkpoint and where it comes from.
 *
 * @param recipe the recipe's name
 * @param seed the lineage's seed, from its first stage on
 * @param settings the swept values that tell it from its siblings
 * @param pretrain stage id, or null when the recipe goes on from the base model without stage 1
 * @param postTrain stage id, or null when the recipe has no stage 2
 * @param fineTune stage id
 * @param pretrainLoss corpora of L_pre; empty when no recipe has a stage 1 and none are named
 * @param postTrainLoss corpora of L_im and L_ret; empty when the study has no stage 2
 * @param fineTuneLoss corpora of L_ft
 */
public record Lineage(
    String recipe,
    long seed,
    SweptSettings settings,
    String pretrain,
    String postTrain,
    String fineTune,
    Criterion pretrainLoss,
    Criterion postTrainLoss,
    Criterion fineTuneLoss) {

  /**
   * Stage whose checkpoint gives L_im: the post-trained one, or without stage 2 the pretrained;
   * null when the base model itself is fine-tuned.
   */
  public String immediateStage() {
    return postTrain == null ? pretrain : postTrain;
  }

  /** The stages, in order. */
  public List<String> stages() {
    return Stream.of(pretrain, postTrain, fineTune).filter(id -> id != null).toList();
  }
}
