package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.util.ArrayList;
import java.util.List;

/** Collects what checks that stand on their own refuse, so that their reader learns all of it. */
final class Refusals {

  /** A configuration that belongs to other weights misses hundreds of tensors: a few say enough. */
  private static final int MOST = 12;

  private final List<Problem> problems = new ArrayList<>();

  /** Runs a check and says whether it refused nothing. */
  boolean pass(Runnable check) {
    if (full()) {
      return false;
    }
    try {
      check.run();
      return true;
    } catch (UnusableArtifactException refused) {
      problems.add(refused.problem());
      return false;
    }
  }

  boolean full() {
    return problems.size() >= MOST;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
