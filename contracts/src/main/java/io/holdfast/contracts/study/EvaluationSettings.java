package io.holdfast.contracts.study;

import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.stage.StageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What every stage of every recipe is measured on: one yardstick per stage for the whole study, so
 * that recipes that train on other data stay comparable.
 *
 * @param tokens largest part of each corpus's test split that is scored
 * @param pretrain corpora of L_pre and their weights, which sum to 1
 * @param postTrain corpora of L_im and L_ret, likewise; empty when no recipe has a stage 2
 * @param fineTune corpora of L_ft, likewise
 * @param interpolations points between every fine-tuned model and the one before it, scored too
 * @param noise every final checkpoint is also scored with each of these
 * @param tasks what all points of the study are scored on besides
 */
public record EvaluationSettings(
    long tokens,
    Map<String, Double> pretrain,
    Map<String, Double> postTrain,
    Map<String, Double> fineTune,
    List<Interpolated> interpolations,
    List<Noisy> noise,
    List<StudyTask> tasks) {

  public EvaluationSettings {
    pretrain = Ordered.copy(pretrain);
    postTrain = Ordered.copy(postTrain);
    fineTune = Ordered.copy(fineTune);
    interpolations = List.copyOf(interpolations);
    noise = List.copyOf(noise);
    tasks = List.copyOf(tasks);
  }

  /** What is scored beside the checkpoints that a stage leaves. */
  public List<Probe> probes(StageKind kind) {
    List<Probe> probes = new ArrayList<>(kind == StageKind.FINE_TUNE ? interpolations : List.of());
    probes.addAll(noise);
    return probes;
  }

  /** The yardstick of one stage. */
  public Map<String, Double> of(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> pretrain;
      case POST_TRAIN -> postTrain;
      case FINE_TUNE -> fineTune;
    };
  }
}
