package io.holdfast.task.check;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.task.client.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the checks of one service found. Thread-safe. */
final class Findings {

  /** More of one stream tell nothing new. */
  private static final int MAX_OF_A_STREAM = 20;

  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  synchronized void add(Problem problem) {
    long ofStream =
        problems.stream().filter(each -> Objects.equals(each.file(), problem.file())).count();
    if (ofStream < MAX_OF_A_STREAM && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void add(String stream, String code, Object value, String message, String remedy) {
    add(
        new Problem(
            code, "$", null, value == null ? null : value.toString(), message, remedy, stream));
  }

  /** Something that is allowed, and probably not meant. */
  synchronized void note(String text) {
    notes.add(text);
  }

  /** The value, or what was wrong instead of it. */
  <T> Optional<T> value(String stream, Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Success<T>(T value) -> Optional.of(value);
      case Outcome.Violation<T>(List<Problem> found) -> {
        found.forEach(this::add);
        yield Optional.empty();
      }
      case Outcome.Unreachable<T>(String reason) -> {
        add(
            stream,
            "task-unreachable",
            null,
            reason,
            "Answer within the limits of time, and 5xx only when asking again may help.");
        yield Optional.empty();
      }
    };
  }

  synchronized List<Problem> problems() {
    return List.copyOf(problems);
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }
}
