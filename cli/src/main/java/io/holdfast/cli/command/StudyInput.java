package io.holdfast.cli.command;

import io.holdfast.cli.client.RefusedException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.ParsedStudy;
import io.holdfast.contracts.study.StudySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A study file that the user named, with what it includes and what the user set beside it. */
final class StudyInput {

  /** Far above any study that a person writes. */
  private static final long MAX_BYTES = 4L << 20;

  private final Path file;
  private final StudySource source;

  private StudyInput(Path file, StudySource source) {
    this.file = file;
    this.source = source;
  }

  /**
   * Reads the file and checks what can be checked without the corpora.
   *
   * @param overrides values to set, such as {@code stages.fine_tune.lr=1e-3}
   */
  static StudyInput read(Path file, List<String> overrides) {
    StudySource source = StudySource.of(file, text(file), overrides);
    if (source.parsed() instanceof ParsedStudy.Refused refused) {
      throw new StudyRefusedException(file, refused.problems());
    }
    return new StudyInput(file, source);
  }

  /** The study as one text. */
  String yaml() {
    return source.text();
  }

  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /** What a service found wrong with the study; rethrows when the study is not to blame. */
  StudyRefusedException refused(RefusedException e) {
    if (e.refusal().problems().isEmpty()) {
      throw e;
    }
    return new StudyRefusedException(
        file, e.refusal().problems().stream().map(source::located).toList());
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(
            file, "too-large", "The file is larger than a study can be.", "Name a study file.");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "not-utf8", "The file is not UTF-8 text.", "Save it as UTF-8.");
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file)
              ? "This is a folder."
              : "There is no such file, or it is not readable.";
      throw unreadable(
          file, "unreadable", reason, "Name a study file, such as studies/quickstart.yaml.");
    }
  }

  private static StudyRefusedException unreadable(
      Path file, String code, String message, String remedy) {
    return new StudyRefusedException(
        file, List.of(Problem.at(file.toString(), code, null, message, remedy)));
  }

  /** The study cannot be run as it is. */
  static final class StudyRefusedException extends RuntimeException {

    private final transient Path file;
    private final transient List<Problem> problems;

    StudyRefusedException(Path file, List<Problem> problems) {
      this.file = file;
      this.problems = problems;
    }

    /** All problems, each with its place, the value, what is wrong, and what would be right. */
    void print(PrintWriter out) {
      out.printf(
          "%s is refused: %s. Nothing was run.%n",
          file, problems.size() == 1 ? "one problem" : problems.size() + " problems");
      for (Problem problem : problems) {
        out.println();
        out.printf(
            "  %s%s%s%s%n",
            problem.file() == null ? "" : problem.file() + " ",
            problem.line() == null ? "" : "line " + problem.line() + ": ",
            problem.path(),
            problem.value() == null ? "" : ": " + problem.value());
        out.printf("    %s%n", problem.message());
        out.printf("    %s%n", problem.remedy());
      }
      out.flush();
    }
  }
}
