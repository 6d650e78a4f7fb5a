package io.holdfast.contracts.study;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.TreeReader;
import io.holdfast.contracts.study.source.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A study as its author keeps it, a file that may include others, with values set on the command
 * line; and the one text that it is put together to. That text says the same without the files, so
 * that a service needs no files and a report can reproduce the study.
 */
public final class StudySource {

  private final String text;
  private final ParsedStudy parsed;

  private StudySource(String text, ParsedStudy parsed) {
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * Puts a study together. Never throws for a wrong study.
   *
   * @param file where the text is from; what it includes lies in its folder or below
   * @param text its content
   * @param overrides assignments such as {@code stages.fine_tune.lr=1e-3}, applied in order
   */
  public static StudySource of(Path file, String text, List<String> overrides) {
    Problems problems = new Problems();
    Optional<Tree> read = TreeReader.read(text, problems);
    if (read.isEmpty()) {
      return new StudySource(text, StudyParser.parse(text));
    }
    Includes includes =
        new Includes(file.toAbsolutePath().getParent(), Overrides.parameters(overrides), problems);
    Tree tree = includes.resolve(file, read.get());
    for (String override : overrides) {
      tree = new Overrides(problems).apply(tree, override);
    }
    boolean asWritten = includes.files().isEmpty() && overrides.isEmpty();
    String whole =
        asWritten || !(tree instanceof Mapping study)
            ? text
            : origin(file, includes.files(), overrides) + YamlText.of(study);
    return new StudySource(whole, StudyParser.parse(tree, problems));
  }

  private static String origin(Path file, List<String> included, List<String> overrides) {
    List<String> lines = new ArrayList<>();
    lines.add("Put together from " + file.getFileName());
    included.forEach(name -> lines.add("  with " + name));
    overrides.forEach(override -> lines.add("  with --set " + override));
    StringBuilder comment = new StringBuilder();
    for (String line : lines) {
      comment.append("# ").append(line.replaceAll("\\R", " ")).append('\n');
    }
    return comment.toString();
  }

  /** The study as one text. */
  public String text() {
    return text;
  }

  /** What the study means, or everything that is wrong with it, by the files of its author. */
  public ParsedStudy parsed() {
    return parsed;
  }

  /** A problem of {@link #text} as one of the author's files. */
  public Problem located(Problem problem) {
    return switch (parsed) {
      case ParsedStudy.Valid valid -> valid.study().lines().placed(problem);
      case ParsedStudy.Refused refused -> refused.lines().placed(problem);
    };
  }
}
