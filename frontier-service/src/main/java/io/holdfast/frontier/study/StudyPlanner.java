package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import java.util.Set;

/** Says what a study would cost. A pure function. */
public final class StudyPlanner {

  private StudyPlanner() {}

  /**
   * Plans a study.
   *
   * @param tree its expansion
   * @param done ids of the stages that are trained already
   * @param trainers trainers that work at the same time
   * @param flopsPerSecond of one trainer; {@link #DEFAULT_FLOPS_PER_SECOND} until one was measured
   */
  public static StudyPlan plan(
      StudyFile study,
      Inspection inspection,
      StageTree tree,
      Set<String> done,
      int trainers,
      double flopsPerSecond) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * One one-thread trainer of a small model on a current CPU core: 20,000 tokens/s of the
   * quickstart's 1M-parameter model, 7.1 MFLOP a token, two trainers side by side.
   */
  public static final double DEFAULT_FLOPS_PER_SECOND = 1.4e11;
}
