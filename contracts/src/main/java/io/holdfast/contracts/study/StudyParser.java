package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.TreeReader;
import java.util.Map;

/**
 * Reads study files: YAML or JSON text in, a {@link StudyFile} or every problem out. Bounded in
 * time and memory for any text.
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
        .map(tree -> StudyReader.read(tree, problems))
        .orElseGet(
            () -> new ParsedStudy.Refused(problems.inOrder(), null, new SourceLines(Map.of())));
  }
}
