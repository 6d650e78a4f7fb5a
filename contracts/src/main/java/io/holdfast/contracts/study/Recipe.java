package io.holdfast.contracts.study;

import java.util.List;
import java.util.function.Function;

/**
 * One upstream choice with its sweeps unrolled.
 *
 * @param name as in the file, or {@code default} when the study has no recipes
 * @param arms never empty; one, unless settings of several stages are varied together
 */
public record Recipe(String name, List<Arm> arms) {

  public Recipe {
    arms = List.copyOf(arms);
  }

  /** The pretraining variants of all arms. */
  public List<StageVariant> pretrain() {
    return all(Arm::pretrain);
  }

  /** The post-training variants of all arms. */
  public List<StageVariant> postTrain() {
    return all(Arm::postTrain);
  }

  /** The fine-tuning variants of all arms. */
  public List<StageVariant> fineTune() {
    return all(Arm::fineTune);
  }

  private List<StageVariant> all(Function<Arm, List<StageVariant>> variants) {
    return arms.stream().map(variants).flatMap(List::stream).distinct().toList();
  }

  /** Points of this recipe for one seed. */
  public long lineages() {
    return arms.stream().mapToLong(Arm::lineages).sum();
  }
}
