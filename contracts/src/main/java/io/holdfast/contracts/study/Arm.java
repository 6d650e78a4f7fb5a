package io.holdfast.contracts.study;

import java.util.List;

/**
 * Pipelines of one recipe that can be combined freely: every pretraining variant is continued by
 * every post-training variant, and each of those by every fine-tuning variant. A recipe has several
 * arms when it varies settings of different stages together.
 *
 * @param pretrain empty when the arm goes on from the base model without stage 1
 * @param postTrain empty when the arm has no stage 2
 * @param fineTune never empty
 */
public record Arm(
    List<StageVariant> pretrain, List<StageVariant> postTrain, List<StageVariant> fineTune) {

  public Arm {
    pretrain = List.copyOf(pretrain);
    postTrain = List.copyOf(postTrain);
    fineTune = List.copyOf(fineTune);
  }

  /** Points of this arm for one seed. */
  public long lineages() {
    return Math.max(1L, pretrain.size()) * Math.max(1, postTrain.size()) * fineTune.size();
  }

  /** Stages of this arm for one seed, before equal ones are trained once. */
  long stages() {
    return pretrain.size() + Math.max(1L, pretrain.size()) * postTrain.size() + lineages();
  }
}
