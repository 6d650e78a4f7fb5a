package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.theory.LinearNetwork.Start;
import io.holdfast.theory.Settings.Durations;
import java.util.List;
import net.jqwik.api.Example;

class SettingsTest {

  @Example
  void saysEverythingThatIsWrongAtOnce() {
    List<Problem> problems =
        problems(4, 2, 1.5, 0.6, 1, 0.5, -1, 0.02, 99, new Durations(50, 0, 6));
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly(
            "--n",
            "--alpha",
            "--beta",
            "--epsilon",
            "--lambda",
            "--t",
            "--pretrain-time, post-train-time, fine-tune-time");
  }

  @Example
  void refusesALearningRateThatOvershoots() {
    List<Problem> problems =
        problems(10, 2, 0.25, 0.45, 1, 0.1, 0, 0.2, 6, new Durations(50, 3, 6));
    assertThat(problems).singleElement().extracting(Problem::path).isEqualTo("--learning-rate");
    assertThat(problems.getFirst().remedy()).contains("0.06");
  }

  private static List<Problem> problems(
      int n,
      int k,
      double alpha,
      double beta,
      double mismatch,
      double precision,
      double penalty,
      double rate,
      double t,
      Durations durations) {
    return catchThrowableOfType(
            InvalidInputException.class,
            () ->
                new Settings(
                    n,
                    k,
                    alpha,
                    beta,
                    mismatch,
                    precision,
                    penalty,
                    rate,
                    t,
                    Start.ALIGNED,
                    durations,
                    1))
        .problems();
  }
}
