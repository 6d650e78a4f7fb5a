package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.stage.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a study file may be written. */
class StudyTextTest {

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "100k, 100000",
    "0.8M, 800000",
    "1.5M, 1500000",
    "2e5, 200000",
    "1G, 1000000000",
    "100_000, 100000",
    "'\"100k\"', 100000"
  })
  void readsTokensAsPeopleWriteThem(String text, long tokens) {
    StudyFile study =
        valid(
            with(
                "pretrain",
                "pretrain: {corpus: prose, tokens: %s, learning_rate: 1e-3}".formatted(text)));

    assertThat(study.recipes().getFirst().pretrain().getFirst().settings().budget())
        .isEqualTo(Budget.ofTokens(tokens));
  }

  @Test
  void jsonAndYamlAreTheSameLanguage() {
    String json =
        """
        {
        \t"study": "base",
        \t"model": {"layers": 2, "hidden": 32, "heads": 2, "context": 64},
        \t"tokenizer": {"vocab": 512},
        \t"corpora": {"prose": {"embedded": "english-prose"},
        \t  "math": {"embedded": "metamath", "tokens": "100k"},
        \t  "facts": {"embedded": "factbook", "tokens": 100000}},
        \t"stages": {
        \t  "pretrain": {"corpus": "prose", "tokens": 800000, "learning_rate": 0.002},
        \t  "post_train": {"corpus": "math", "epochs": 6, "learning_rate": 3e-3},
        \t  "fine_tune": {"corpus": "facts", "epochs": 1, "learning_rate": 1e-3}},
        \t"recipes": {"plain": {}},
        \t"seeds": [1, 2],
        \t"evaluation": {"tokens": 64000}
        }
        """;

    assertThat(valid(json))
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(valid(BASE));
    assertThat(valid("\uFEFF" + json).lines().lineOf("corpora.facts.tokens")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOM", "CRLF", "CR", "DOCUMENT"})
  void filesOfOtherEditorsAreTheSame(String editor) {
    String text =
        switch (editor) {
          case "BOM" -> "\uFEFF" + BASE;
          case "CRLF" -> BASE.replace("\n", "\r\n");
          case "CR" -> BASE.replace("\n", "\r");
          default -> "---\n" + BASE + "...\n";
        };

    assertThat(valid(text))
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(valid(BASE));
    assertThat(valid(text).lines().lineOf("seeds")).isEqualTo(editor.equals("DOCUMENT") ? 15 : 14);
  }

  @Test
  void problemsOfTheCorporaFindTheirLines() {
    SourceLines lines = valid(BASE).lines();

    assertThat(lines.lineOf("corpora.math.embedded")).isEqualTo(6);
    assertThat(lines.lineOf("corpora.math.not.there[3]")).isEqualTo(6);
    assertThat(lines.lineOf("nowhere")).isNull();
  }
}
