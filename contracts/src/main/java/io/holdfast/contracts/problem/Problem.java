package io.holdfast.contracts.problem;

import java.util.Objects;

/**
 * One thing that is wrong with an input: where, which value, why, and what would be right.
 *
 * @param code stable, machine-readable name such as {@code unknown-corpus}
 * @param path place in the input, such as {@code recipes.exposed.pretrain.exposure} or {@code
 *     data/notes.jsonl:17}
 * @param line 1-based line in the file, or null when the input has no lines
 * @param value the value at fault as the user wrote it, or null when something is absent
 * @param message what is wrong, one sentence
 * @param remedy what would be right, one sentence
 * @param file the file that the place is in, when it is not the one that was given; null otherwise
 */
public record Problem(
    String code,
    String path,
    Integer line,
    String value,
    String message,
    String remedy,
    String file) {

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** A problem of the input that was given. */
  public Problem(
      String code, String path, Integer line, String value, String message, String remedy) {
    this(code, path, line, value, message, remedy, null);
  }

  /** A problem of an input without lines. */
  public static Problem at(String path, String code, Object value, String message, String remedy) {
    return new Problem(
        code, path, null, value == null ? null : String.valueOf(value), message, remedy);
  }

  /** The problem as a person reads it: one line, place first. */
  public String describe() {
    return (file == null ? "" : file + (line == null ? ", " : " "))
        + (line == null ? "" : "line " + line + ", ")
        + path
        + (value == null ? "" : ": " + value)
        + " — "
        + message
        + " "
        + remedy;
  }
}
