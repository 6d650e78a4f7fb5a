package io.holdfast.task.client;

import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.function.Function;

/** What came of asking a task service. */
public sealed interface Outcome<T> {

  /** It answered, and the answer is as the protocol has it. */
  record Success<T>(T value) implements Outcome<T> {}

  /**
   * It does not answer now: no connection, a time limit, an error of its own (5xx, 429). Waiting
   * may help.
   *
   * @param reason one sentence
   */
  record Unreachable<T>(String reason) implements Outcome<T> {}

  /**
   * It answered something that the protocol or the operator forbids; asking again gives the same.
   *
   * @param problems every fault that was found, at least one
   */
  record Violation<T>(List<Problem> problems) implements Outcome<T> {
    public Violation {
      problems = List.copyOf(problems);
    }
  }

  /** The outcome of a next step that needs this one's value; a failure stays what it is. */
  default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
    return switch (this) {
      case Success<T>(T value) -> next.apply(value);
      case Unreachable<T>(String reason) -> new Unreachable<>(reason);
      case Violation<T>(List<Problem> problems) -> new Violation<>(problems);
    };
  }

  /** The value. */
  static <T> Outcome<T> success(T value) {
    return new Success<>(value);
  }

  /** Not now. */
  static <T> Outcome<T> unreachable(String reason) {
    return new Unreachable<>(reason);
  }

  /** Not at all. */
  static <T> Outcome<T> violation(Problem problem) {
    return new Violation<>(List.of(problem));
  }
}
