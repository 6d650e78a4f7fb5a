package io.holdfast.contracts.task;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Collects what is wrong with a value, so that its author hears of everything at once. */
final class Expectations {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final List<Problem> problems = new ArrayList<>();

  Expectations that(
      boolean holds, String path, String code, Object value, String message, String remedy) {
    if (!holds) {
      problems.add(Problem.at(path, code, shortened(value), message, remedy));
    }
    return this;
  }

  Expectations present(Object value, String path) {
    return that(value != null, path, "task-missing", null, "This is missing.", "Give it.");
  }

  /** Asks each element: a list that cannot hold null throws when it is asked whether it does. */
  Expectations someAndNoneNull(List<?> values, String path, String message, String remedy) {
    return that(
        values != null && !values.isEmpty() && values.stream().noneMatch(Objects::isNull),
        path,
        "task-missing",
        null,
        message,
        remedy);
  }

  Expectations notBlank(String value, String path) {
    return that(
        value != null && !value.isBlank(),
        path,
        "task-missing",
        value,
        "This is missing or blank.",
        "Give a text that is not blank.");
  }

  Expectations sha256(String value, String path) {
    return that(
        value != null && SHA256.matcher(value).matches(),
        path,
        "task-bad-hash",
        value,
        "This is not a SHA-256.",
        "Give the hash of the split's bytes as 64 lower-case hexadecimal digits.");
  }

  Expectations positive(long value, String path) {
    return that(
        value > 0, path, "task-bad-count", value, "This is not positive.", "Give 1 or more.");
  }

  <T> Expectations unique(List<T> values, Function<T, String> name, String path) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      String each = name.apply(values.get(i));
      that(
          seen.add(each),
          path + "[" + i + "]",
          "task-duplicate",
          each,
          "This name is there twice.",
          "Name each once.");
    }
    return this;
  }

  void orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** What a stranger sent may be long; a message is not. */
  private static Object shortened(Object value) {
    String text = String.valueOf(value);
    return value == null || text.length() <= 80 ? value : text.substring(0, 80) + "…";
  }
}
