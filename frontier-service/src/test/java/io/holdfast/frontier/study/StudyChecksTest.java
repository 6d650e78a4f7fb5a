package io.holdfast.frontier.study;

import static io.holdfast.frontier.study.Fixtures.STUDY;
import static io.holdfast.frontier.study.Fixtures.inspection;
import static io.holdfast.frontier.study.Fixtures.problem;
import static io.holdfast.frontier.study.Fixtures.problems;
import static io.holdfast.frontier.study.Fixtures.study;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.StudyFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyChecksTest {

  private static final SplitSize NOTHING = new SplitSize(0, 0, 0L, null);

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          math: {embedded: metamath, tokens: 100k} | math: {embedded: metamath, tokens: 600k} | limit-exceeds-corpus | corpora.math.tokens | 600000
          tokens: 800k | tokens: 63 | stage-too-short | stages.pretrain.tokens | 63 tokens
          epochs: 6 | epochs: 0.0001 | stage-too-short | stages.post_train.epochs | 10 tokens
          epochs: 6 | epochs: 5000 | too-many-passes | stages.post_train.epochs | 5001 passes
          exposure: 0.5 | exposure: {fraction: 0.001} | exposure-rounds-to-nothing | recipes.exposed.pretrain.exposure.fraction | 0.001
          exposure: 0.5 | exposure: {fraction: 1, until: 0.1} | exposure-window-too-narrow | recipes.exposed.pretrain.exposure.until | 0.0 to 0.1
          exposure: 0.5 | exposure: {fraction: 1, from: 0.9} | exposure-window-too-narrow | recipes.exposed.pretrain.exposure.from | 0.9 to 1.0
          """)
  void saysWhatTheCorporaCannotGive(
      String written, String wrong, String code, String path, String value) {
    String text = STUDY.replace(written, wrong);
    StudyFile study = study(text);

    List<Problem> problems = problems(study, inspection(study));

    assertThat(problems).extracting(Problem::code).contains(code);
    Problem problem =
        problems.stream().filter(found -> found.code().equals(code)).findFirst().orElseThrow();
    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.value()).isEqualTo(value);
    assertThat(text.lines().toList().get(problem.line() - 1)).contains(wrong);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void replacedTokensMustFitTheBudget() {
    StudyFile study =
        study(
            STUDY
                .replace("tokens: 800k", "tokens: 90k")
                .replace("exposure: 0.5", "exposure: {fraction: 1, mode: replace}"));

    assertThat(problem(study, inspection(study)).code()).isEqualTo("exposure-exceeds-budget");
  }

  @Test
  void testSplitNeedsAWindow() {
    StudyFile study = study();
    InspectedCorpus corpus =
        new InspectedCorpus(
            Fixtures.FACTS,
            1_000,
            1_500_000,
            new SplitSize(1_000, 1_500_000, 500_000L, null),
            NOTHING,
            new SplitSize(1, 180, 63L, null));

    Problem problem = problem(study, inspection(study, "facts", corpus));

    assertThat(problem.code()).isEqualTo("held-out-too-small");
    assertThat(problem.path()).isEqualTo("corpora.facts");
    assertThat(problem.line()).isEqualTo(7);
  }

  @Test
  void testSplitNeedsATokenWithALoss() {
    StudyFile study = study();
    SplitSize train = new SplitSize(1_000, 1_500_000, 500_000L, 100_000L);
    InspectedCorpus corpus =
        new InspectedCorpus(
            Fixtures.FACTS,
            1_000,
            1_500_000,
            train,
            NOTHING,
            new SplitSize(50, 75_000, 25_000L, 0L));

    Problem problem = problem(study, inspection(study, "facts", corpus));

    assertThat(problem.code()).isEqualTo("held-out-unscored");
    assertThat(problem.path()).isEqualTo("corpora.facts");
  }

  @Test
  void earlyStoppingNeedsADevWindow() {
    StudyFile study =
        study(
            STUDY.replace(
                "learning_rate: 3e-3}", "learning_rate: 3e-3, early_stopping: {patience: 1}}"));
    InspectedCorpus corpus =
        new InspectedCorpus(
            Fixtures.MATH,
            1_000,
            1_500_000,
            new SplitSize(1_000, 1_500_000, 500_000L, null),
            NOTHING,
            new SplitSize(50, 75_000, 25_000L, null));

    Problem problem = problem(study, inspection(study, "math", corpus));

    assertThat(problem.code()).isEqualTo("held-out-too-small");
    assertThat(problem.path()).isEqualTo("stages.post_train.early_stopping");
  }

  @Test
  void corpusWithoutTrainingDocumentsIsRefused() {
    StudyFile study = study();
    SplitSize held = new SplitSize(3, 75_000, 25_000L, null);
    InspectedCorpus corpus = new InspectedCorpus(Fixtures.FACTS, 6, 150_000, NOTHING, held, held);

    assertThat(problems(study, inspection(study, "facts", corpus)))
        .extracting(Problem::code)
        .contains("no-training-documents");
  }

  @Test
  void epochsBetweenLooksNeedACountedCorpus() {
    StudyFile study =
        study(
            STUDY
                .replace("metamath, tokens: 100k", "metamath")
                .replace(
                    "learning_rate: 3e-3}", "learning_rate: 3e-3, early_stopping: {patience: 1}}"));

    Problem problem = problem(study, inspection(study, "math", uncounted()));

    assertThat(problem.code()).isEqualTo("tokens-unknown");
    assertThat(problem.remedy()).contains("every_tokens");
  }

  @Test
  void uncountedCorpusIsOtherwiseFine() {
    StudyFile study = study();

    assertThat(problems(study, inspection(study, "math", uncounted()))).isEmpty();
  }

  @Test
  void findingsOfTheDataServiceGetTheirLines() {
    StudyFile study = study();
    Inspection usual = inspection(study);
    Inspection withProblem =
        new Inspection(
            null,
            null,
            Map.of("prose", usual.corpora().get("prose"), "facts", usual.corpora().get("facts")),
            List.of(
                Problem.at(
                    "corpora.math.embedded", "unknown-corpus", "metamath", "None.", "Choose."),
                Problem.at("data/notes.jsonl:17", "bad-json", "{", "Broken.", "Mend it.")));

    assertThat(problems(study, withProblem))
        .extracting(Problem::path, Problem::line)
        .containsExactly(tuple("corpora.math.embedded", 6), tuple("data/notes.jsonl:17", null));
  }

  @Test
  void silenceAboutACorpusIsAProblemToo() {
    StudyFile study = study();
    Inspection silent = new Inspection(null, null, Map.of(), List.of());

    assertThat(problems(study, silent))
        .extracting(Problem::path)
        .containsExactly("tokenizer", "corpora.prose", "corpora.math", "corpora.facts");
  }

  private static InspectedCorpus uncounted() {
    return new InspectedCorpus(
        Fixtures.MATH,
        1_000_000,
        1_500_000_000,
        new SplitSize(900_000, 1_500_000_000, null, null),
        new SplitSize(50_000, 75_000_000, null, null),
        new SplitSize(50_000, 75_000_000, null, null));
  }
}
