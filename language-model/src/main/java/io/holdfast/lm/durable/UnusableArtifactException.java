package io.holdfast.lm.durable;

import io.holdfast.contracts.problem.Problem;

/** An artifact on disk is missing, incomplete, corrupted or malformed; it was not used. */
public final class UnusableArtifactException extends RuntimeException {

  private final transient Problem problem;

  public UnusableArtifactException(Problem problem) {
    this(problem, null);
  }

  public UnusableArtifactException(Problem problem, Throwable cause) {
    super(problem.describe(), cause);
    this.problem = problem;
  }

  /** What is wrong, where, and what would help. */
  public Problem problem() {
    return problem;
  }
}
