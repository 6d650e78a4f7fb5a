package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code ${name}} and what stands for it. */
class StudyParametersTest {

  @Test
  void aWholeValueKeepsItsTypeWhateverItIs() {
    StudyFile study =
        valid(
            """
            parameters:
              tokens: 12k
              rates: [1e-4, 1e-3]
              stop: {patience: 7}
              seeds: ${numbers}
              numbers: [3, 4]
            """
                + BASE.replace("800k", "\"${tokens}\"")
                    .replace("learning_rate: 1e-3", "learning_rate: \"${ rates }\"")
                    .replace("epochs: 6,", "epochs: 6, early_stopping: \"${stop}\",")
                    .replace("[1, 2]", "${seeds}"));
    Recipe recipe = study.recipes().getFirst();

    assertThat(recipe.pretrain().getFirst().settings().budget()).isEqualTo(Budget.ofTokens(12_000));
    assertThat(recipe.fineTune()).hasSize(2);
    assertThat(recipe.postTrain().getFirst().settings().earlyStopping().patience()).isEqualTo(7);
    assertThat(study.seeds()).containsExactly(3L, 4L);
  }

  @Test
  void insideATextItIsText() {
    StudyFile study =
        valid(
            "parameters: {scale: 135m, n: 2}\nquestion: costs $${5} at ${scale}-${n}?\n"
                + BASE.replace("study: base", "study: at-${scale}"));

    assertThat(study.name()).isEqualTo("at-135m");
    assertThat(study.question()).isEqualTo("costs ${5} at 135m-2?");
  }

  @Test
  void problemsStandWhereTheParameterIsUsed() {
    Problem problem = problem("parameters: {size: 12x}\n" + BASE.replace("800k", "\"${size}\""));

    assertThat(problem)
        .returns("stages.pretrain.tokens", Problem::path)
        .returns(10, Problem::line)
        .returns("12x", Problem::value);
  }

  @Test
  void unknownNamesAndCyclesAndOpenReferencesAreRefused() {
    assertThat(problems("parameters: {size: 1k}\n" + BASE.replace("800k", "\"${siez}\"")))
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo("unknown-parameter");
              assertThat(problem.remedy()).contains("size");
              assertThat(problem.path()).isEqualTo("stages.pretrain.tokens");
            });
    assertThat(
            problems("parameters: {a: '1${b}', b: '2${a}'}\n" + BASE.replace("800k", "\"${a}\"")))
        .extracting(Problem::code)
        .contains("parameter-cycle");
    assertThat(problems("question: what is ${this\n" + BASE))
        .extracting(Problem::code)
        .contains("bad-reference");
    assertThat(problems("parameters: {a: [1]}\nquestion: is ${a}\n" + BASE))
        .extracting(Problem::code)
        .contains("wrong-type");
  }

  /** Each of twenty parameters holds the one before twice: a million values, or a text of one. */
  @Test
  void parametersThatMultiplyAreBounded() {
    String lists =
        IntStream.range(1, 20)
            .mapToObj(i -> "  p%d: [\"${p%d}\", \"${p%d}\"]\n".formatted(i, i - 1, i - 1))
            .collect(Collectors.joining());
    String texts = lists.replace("[\"", "\"").replace("\"]", "\"").replace("\", \"", "");

    for (String more : new String[] {lists, texts}) {
      assertThat(problems("parameters:\n  p0: 1\n" + more + "question: \"${p19}\"\n" + BASE))
          .extracting(Problem::code)
          .contains("too-large");
    }
  }
}
