package io.holdfast.data.inspection;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for steps that run side by side. */
final class Steps {

  private Steps() {}

  /** The step's result, or nothing and its problems; whatever else it threw is thrown. */
  static <B> Optional<B> join(Future<B> step, List<Problem> problems) {
    try {
      return Optional.of(step.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InvalidInputException refused -> problems.addAll(refused.problems());
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
      return Optional.empty();
    }
  }
}
