package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyProblemsTest {

  /** One wrong line each: the key whose line is replaced, its replacement, and the problem. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          study | study: two words | bad-name | study | two words
          study | study: ../up | bad-name | study | ../up
          model | model: {layers: 2, hidden: 32, heads: 2} | missing | model.context |
          model | model: {layers: 0, hidden: 32, heads: 2, context: 64} | out-of-range | model.layers | 0
          model | model: {layers: 2.5, hidden: 32, heads: 2, context: 64} | out-of-range | model.layers | 2.5
          model | model: {layers: 2, hidden: 32, heads: 3, context: 64} | indivisible-hidden | model.heads | 3
          model | model: {layers: 2, hidden: 6, heads: 2, context: 64} | odd-head-size | model.heads | 2
          model | model: {layers: 2, hidden: 32, heads: 2, kv_heads: 3, context: 64} | indivisible-heads | model.kv_heads | 3
          model | model: {preset: smollm2-135} | unknown-preset | model.preset | smollm2-135
          model | model: {layers: 2, hidden: 32, heads: 2, context: 64, tied_embeddings: maybe} | unknown-value | model.tied_embeddings | maybe
          tokenizer | tokenizer: {} | missing | tokenizer.vocab |
          tokenizer | tokenizer: {vocab: 100} | out-of-range | tokenizer.vocab | 100
          tokenizer | tokenizer: {vocab: 512, path: x.json} | conflict | tokenizer.path | x.json
          tokenizer | tokenizer: {vocab: 512, train_on: [pros]} | unknown-corpus | tokenizer.train_on[0] | pros
          facts | facts: {tokens: 100k} | missing | corpora.facts.embedded |
          facts | facts: {embedded: factbook, path: x} | conflict | corpora.facts.path | x
          facts | facts: {embedded: factbook, test: 0} | out-of-range | corpora.facts.test | 0
          facts | facts: {embedded: factbook, dev: 0.6} | out-of-range | corpora.facts.dev | 0.6
          facts | facts: {embedded: factbook, tokens: 0} | out-of-range | corpora.facts.tokens | 0
          facts | facts: {embedded: factbook, tokens: lots} | wrong-type | corpora.facts.tokens | lots
          pretrain | pretrain: {corpus: porse, tokens: 1k, learning_rate: 1} | unknown-corpus | stages.pretrain.corpus | porse
          pretrain | pretrain: {corpus: prose, learning_rate: 1} | missing | stages.pretrain.tokens |
          pretrain | pretrain: {corpus: prose, tokens: 1k, epochs: 1, learning_rate: 1} | conflict | stages.pretrain.epochs | 1
          pretrain | pretrain: {corpus: prose, tokens: 1k} | missing | stages.pretrain.learning_rate |
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 0} | out-of-range | stages.pretrain.learning_rate | 0
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: fast} | wrong-type | stages.pretrain.learning_rate | fast
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, batch: 0} | out-of-range | stages.pretrain.batch | 0
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, sequence_length: 65} | sequence-too-long | stages.pretrain.sequence_length | 65
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, dropout: 1} | out-of-range | stages.pretrain.dropout | 1
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, dropout: {mlp: -1}} | out-of-range | stages.pretrain.dropout.mlp | -1
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, betas: 0.9} | wrong-type | stages.pretrain.betas | 0.9
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, schedule: cosin} | unknown-value | stages.pretrain.schedule | cosin
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, warmup_steps: 1, warmup_fraction: 0.1} | conflict | stages.pretrain.warmup_fraction | 0.1
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, exposure: 1.5} | out-of-range | stages.pretrain.exposure | 1.5
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, exposure: {corpus: math}} | missing | stages.pretrain.exposure.fraction |
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, exposure: {fraction: 1, from: 0.5, until: 0.5}} | out-of-range | stages.pretrain.exposure.until | 0.5
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, exposure: {fraction: 1, mode: swap}} | unknown-value | stages.pretrain.exposure.mode | swap
          pretrain | pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, replay: 0.1} | unknown-key | stages.pretrain.replay | 0.1
          pretrain | pretrain: {corpora: {}, tokens: 1k, learning_rate: 1} | empty | stages.pretrain.corpora | {}
          pretrain | pretrain: {corpora: {prose: 0}, tokens: 1k, learning_rate: 1} | out-of-range | stages.pretrain.corpora.prose | 0
          pretrain | pretrain: {corpora: {prse: 1}, tokens: 1k, learning_rate: 1} | unknown-corpus | stages.pretrain.corpora.prse | 1
          pretrain | pretrain: skip | wrong-type | stages.pretrain | skip
          post_train | post_train: {corpus: math, epochs: 6, learning_rate: 1, replay: 1} | out-of-range | stages.post_train.replay | 1
          post_train | post_train: {corpus: math, epochs: 6, learning_rate: 1, early_stopping: {patience: 0}} | out-of-range | stages.post_train.early_stopping.patience | 0
          post_train | post_train: {corpus: math, epochs: 6, learning_rate: 1, early_stopping: {every_tokens: 1, every_epochs: 1}} | conflict | stages.post_train.early_stopping.every_epochs | 1
          post_train | post_train: {corpus: math, epochs: 6, learning_rate: 1, early_stopping: true} | wrong-type | stages.post_train.early_stopping | true
          math | math: {embedded: metamath, dev: 0.6} | out-of-range | corpora.math.dev | 0.6
          fine_tune | fine_tune: {corpus: facts, epochs: 1, learning_rate: 1, replay: 0.1} | missing | stages.fine_tune.replay.corpus |
          fine_tune | fine_tune: {corpus: facts, epochs: 1, learning_rate: []} | empty | stages.fine_tune.learning_rate | []
          fine_tune | fine_tune: {corpus: facts, epochs: 1, learning_rate: [1e-3, 0.001]} | duplicate | stages.fine_tune.learning_rate[1] | 0.001
          fine_tune | fine_tune: {corpus: facts, epochs: 1, learning_rate: [[1e-3]]} | wrong-type | stages.fine_tune.learning_rate[0] | [1e-3]
          plain | plain: {pretrian: {}} | unknown-key | recipes.plain.pretrian | {}
          plain | plain: {pretrain: null} | wrong-type | recipes.plain.pretrain | null
          plain | plain: {pretrain: {exposure: -0.1}} | out-of-range | recipes.plain.pretrain.exposure | -0.1
          plain | a name with spaces: {} | bad-name | recipes.a name with spaces | {}
          seeds | seeds: [] | empty | seeds | []
          seeds | seeds: [1, 1] | duplicate | seeds | [1, 1]
          seeds | seeds: [1, -1] | out-of-range | seeds[1] | -1
          seeds | seeds: 1 | wrong-type | seeds | 1
          seeds | sseds: [1] | | |
          evaluation | evaluation: {tokens: 0} | out-of-range | evaluation.tokens | 0
          evaluation | evaluation: {pretrain: nowhere} | unknown-corpus | evaluation.pretrain | nowhere
          evaluation | evaluation: 64k | wrong-type | evaluation | 64k
          """)
  void namesThePlaceTheValueAndTheRemedy(
      String key, String replacement, String code, String path, String value) {
    String text = with(key, replacement);
    if (code == null) {
      assertThat(problems(text)).extracting(Problem::code).contains("unknown-key", "missing");
      return;
    }

    Problem problem = problem(text);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.value()).isEqualTo(value);
    assertThat(text.lines().toList().get(problem.line() - 1)).isEqualTo(line(text, replacement));
    assertThat(problem.message()).isNotBlank().endsWith(".");
    assertThat(problem.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "learnig_rate, learning_rate",
    "learning-rate, learning_rate",
    "lr, learning_rate",
    "batch_size, batch",
    "bacth, batch",
    "token, tokens",
    "exposur, exposure",
    "earlystopping, early_stopping"
  })
  void unknownKeySuggestsTheNearest(String key, String meant) {
    String text =
        with(
            "pretrain",
            "pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, %s: 1}".formatted(key));

    assertThat(problem(text).remedy()).isEqualTo("Did you mean %s?".formatted(meant));
  }

  @Test
  void unknownKeyThatIsLikeNoneListsAll() {
    String text = with("tokenizer", "tokenizer: {vocab: 512, colour: red}");

    assertThat(problem(text).remedy()).isEqualTo("Choose one of vocab, train_on, path.");
  }

  @Test
  void reportsEverythingAtOnceInTheOrderOfTheText() {
    String text =
        """
        study: bad name
        model: {layers: 2, hidden: 32, heads: 5, context: many}
        tokenizer: {vocab: 3}
        corpora:
          prose: {embeded: english-prose}
        stages:
          pretrain: {corpus: proze, tokens: -1, learning_rate: 1e-3}
          fine_tune: {corpus: prose, epochs: 1, learning_rate: 0}
        recipes:
          exposed: {pretrain: {exposure: 2}}
        seeds: []
        """;

    assertThat(problems(text))
        .extracting(problem -> problem.line() + " " + problem.path() + " " + problem.code())
        .containsExactly(
            "1 study bad-name",
            "2 model.context wrong-type",
            "2 model.heads indivisible-hidden",
            "3 tokenizer.vocab out-of-range",
            "5 corpora.prose.embeded unknown-key",
            "5 corpora.prose.embedded missing",
            "7 stages.pretrain.corpus unknown-corpus",
            "7 stages.pretrain.tokens out-of-range",
            "8 stages.fine_tune.learning_rate out-of-range",
            "10 recipes.exposed.pretrain.exposure out-of-range",
            "10 recipes.exposed.pretrain.exposure.corpus missing",
            "11 seeds empty");
  }

  @Test
  void aDefaultThatEveryRecipeInheritsIsReportedOnce() {
    String text =
        with("pretrain", "pretrain: {corpus: prose, tokens: 1k, learning_rate: -1}")
            .replace("plain: {}", "a: {}\n  b: {}\n  c: {fine_tune: {batch: [1, 2, 3]}}");

    assertThat(problem(text).path()).isEqualTo("stages.pretrain.learning_rate");
  }

  @Test
  void duplicateKeysAreReportedWithTheFirstLine() {
    Problem problem = problem(BASE + "seeds: [3]\n");

    assertThat(problem.code()).isEqualTo("duplicate-key");
    assertThat(problem.line()).isEqualTo(16);
    assertThat(problem.message()).contains("line 14");
  }

  @Test
  void duplicateKeysOfJsonToo() {
    assertThat(problems("{\"study\": \"a\",\n \"study\": \"b\"}"))
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo("duplicate-key");
              assertThat(problem.line()).isEqualTo(2);
            });
  }

  @Test
  void recipesThatTrainOnOtherDataAreNotComparedSilently() {
    String text = BASE.replace("plain: {}", "plain: {}\n  java: {fine_tune: {corpus: prose}}");

    Problem problem = problem(text);

    assertThat(problem.code()).isEqualTo("ambiguous-yardstick");
    assertThat(problem.remedy()).contains("evaluation: {fine_tune: facts}");
  }

  @Test
  void exposureNeedsACorpusWhenNoStageHasOne() {
    String text =
        BASE.lines()
            .filter(line -> !line.contains("post_train"))
            .reduce("", (a, b) -> a + b + "\n")
            .replace("plain: {}", "plain: {pretrain: {exposure: 1}}");

    assertThat(problem(text).path()).isEqualTo("recipes.plain.pretrain.exposure.corpus");
  }

  @Test
  void earlyStoppingNeedsADevSplit() {
    String text =
        with("math", "math: {embedded: metamath, dev: 0}")
            .replace("learning_rate: 3e-3}", "learning_rate: 3e-3, early_stopping: {patience: 1}}");

    assertThat(problem(text).code()).isEqualTo("no-dev-split");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n",
        "# only a comment\n",
        "---\n",
        "null",
        "[]",
        "just text",
        "{",
        "a: b: c",
        "a: [1, 2",
        "a: 'open",
        "\ta: 1",
        "a: 1\n---\nb: 2",
        "{\"a\": 1,}",
        "{\"a\": 1} 2",
        "a: \u0007",
        "&a [*a]",
        "a: !!java.net.URL [x]",
        "<<: {a: 1}",
        "? [a]\n: 1",
        "{}",
        "\"\": 1",
        "a: *nowhere"
      })
  void refusesWhatIsNoStudy(String text) {
    assertThat(problems(text)).isNotEmpty().allMatch(problem -> problem.line() >= 1);
  }

  @Test
  void syntaxErrorsNameTheLine() {
    assertThat(problem("study: a\nmodel: {layers: 2\nseeds: [1]\n"))
        .returns("syntax", Problem::code)
        .satisfies(problem -> assertThat(problem.line()).isBetween(2, 3));
    assertThat(problem("{\"study\": \"a\",\n\"seeds\": [1,,2]}"))
        .returns("syntax", Problem::code)
        .returns(2, Problem::line);
  }

  @Test
  void orThrowCarriesEveryProblem() {
    assertThatThrownBy(() -> StudyParser.parse("study: a").orThrow())
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::path)
                    .contains("model", "tokenizer", "corpora", "seeds", "stages.pretrain"));
  }

  private static String line(String text, String replacement) {
    List<String> lines = text.lines().filter(line -> line.contains(replacement)).toList();
    return lines.isEmpty() ? replacement : lines.getFirst();
  }
}
