package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.TreeReader;
import java.util.Map;

/**
 * Reads study files: YAML or JSON text in, a {@link StudyFile} or every problem out. Bounded in
 * time and memory for any text. A study of several files is put together by {@link StudySource}.
 *
 * <p>The language is described in docs/guides/study-file.md and by the JSON Schema {@code
 * schemas/study.v1.schema.json}.
 */
public final class StudyParser {

  private StudyParser() {}

  /** Reads a study. Never throws for a wrong text. */
  public static ParsedStudy parse(String text) {
    Problems problems = new Problems();
    return TreeReader.read(text, problems)
        .map(
            tree -> {
              refuseIncludes(tree, problems);
              return parse(tree, problems);
            })
        .orElseGet(() -> refused(problems));
  }

  static ParsedStudy parse(Tree tree, Problems problems) {
    return StudyReader.read(Parameters.substitute(tree, problems), problems);
  }

  static ParsedStudy refused(Problems problems) {
    return new ParsedStudy.Refused(problems.inOrder(), null, new SourceLines(Map.of()));
  }

  private static void refuseIncludes(Tree tree, Problems problems) {
    if (tree instanceof Mapping study && study.get(Includes.KEY) != null) {
      problems.at(
          study.get(Includes.KEY),
          "include-unresolved",
          "A text on its own cannot include files.",
          "Run or plan the file with ./holdfast, which puts the files together, or write one text.");
    }
  }
}
