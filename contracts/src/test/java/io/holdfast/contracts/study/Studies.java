package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Study texts for tests. */
final class Studies {

  /** A correct study; tests replace single lines of it. */
  static final String BASE =
      """
      study: base
      model: {layers: 2, hidden: 32, heads: 2, context: 64}
      tokenizer: {vocab: 512}
      corpora:
        prose: {embedded: english-prose}
        math: {embedded: metamath, tokens: 100k}
        facts: {embedded: factbook, tokens: 100k}
      stages:
        pretrain: {corpus: prose, tokens: 800k, learning_rate: 2e-3}
        post_train: {corpus: math, epochs: 6, learning_rate: 3e-3}
        fine_tune: {corpus: facts, epochs: 1, learning_rate: 1e-3}
      recipes:
        plain: {}
      seeds: [1, 2]
      evaluation: {tokens: 64k}
      """;

  private Studies() {}

  /** The base study with one line, found by its key, replaced by others. */
  static String with(String key, String replacement) {
    List<String> lines =
        BASE.lines()
            .map(line -> line.strip().startsWith(key + ":") ? indent(line) + replacement : line)
            .toList();
    assertThat(BASE).as("a line with the key " + key).contains(key + ":");
    return String.join("\n", lines) + "\n";
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  static StudyFile valid(String text) {
    ParsedStudy parsed = StudyParser.parse(text);
    assertThat(parsed).isInstanceOf(ParsedStudy.Valid.class);
    return parsed.orThrow();
  }

  static List<Problem> problems(String text) {
    return switch (StudyParser.parse(text)) {
      case ParsedStudy.Valid valid -> List.of();
      case ParsedStudy.Refused refused -> refused.problems();
    };
  }

  /** The only problem of a text. */
  static Problem problem(String text) {
    List<Problem> problems = problems(text);
    assertThat(problems).as(text).hasSize(1);
    return problems.getFirst();
  }

  /** The studies that ship with Holdfast. */
  static List<Path> shipped() {
    try (Stream<Path> files = Files.list(Path.of("..", "studies"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
