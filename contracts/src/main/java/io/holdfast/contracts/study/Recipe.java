package io.holdfast.contracts.study;

import java.util.List;

/**
 * One upstream choice with its sweeps unrolled. Every pretraining variant is continued by every
 * post-training variant, and each of those by every fine-tuning variant.
 *
 * @param name as in the file, or {@code default} when the study has no recipes
 * @param pretrain never empty
 * @param postTrain empty when the recipe has no stage 2
 * @param fineTune never empty
 */
public record Recipe(
    String name,
    List<StageVariant> pretrain,
    List<StageVariant> postTrain,
    List<StageVariant> fineTune) {

  public Recipe {
    pretrain = List.copyOf(pretrain);
    postTrain = List.copyOf(postTrain);
    fineTune = List.copyOf(fineTune);
  }

  /** Points of this recipe for one seed. */
  public long lineages() {
    return (long) pretrain.size() * Math.max(1, postTrain.size()) * fineTune.size();
  }
}
