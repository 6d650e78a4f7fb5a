package io.holdfast.frontier.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Example;

/** Runs that cannot tell a parameter are refused, with what to vary. */
class IdentifiabilityTest {

  private static final List<LawPoint> ALL = Planted.forgetting(0.005, 1);

  @Example
  void oneModelSizeDoesNotTellAlpha() {
    assertThat(problems(p -> p.parameters() == 41e6))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.code()).isEqualTo("law-not-identifiable");
              assertThat(p.path()).isEqualTo("model.parameters");
              assertThat(p.message()).contains("alpha");
              assertThat(p.remedy()).contains("other size");
            });
  }

  @Example
  void everySettingThatDoesNotVaryIsNamed() {
    assertThat(
            problems(
                p -> p.parameters() == 41e6 && p.fineTuneTokens() == 3e6 && p.injected() == 0.01))
        .extracting(Problem::path)
        .containsExactly("model.parameters", "fine_tune.tokens", "fine_tune.replay", "runs");
  }

  @Example
  void withoutInjectionTheFineTuningLawStillHasWhatItNeeds() {
    List<LawPoint> plain =
        Planted.fineTuning(0.005, 1).stream().filter(p -> p.injected() == 0).toList();
    assertThat(Fitting.DEFAULT.fit(LawKind.FINE_TUNING, plain))
        .isInstanceOf(LawResult.Fitted.class);
  }

  /** The larger the model, the more it is fine-tuned on: only the diagonal of the design. */
  @Example
  void settingsThatVaryTogetherAreNotToldApart() {
    Predicate<LawPoint> diagonal =
        p ->
            p.fineTuneTokens() == 0.3e6 && p.parameters() == 41e6
                || p.fineTuneTokens() == 30e6 && p.parameters() == 1.27e9;
    assertThat(problems(diagonal.and(p -> p.injected() == 0 || p.injected() == 0.01), 2))
        .singleElement()
        .extracting(Problem::code)
        .isEqualTo("law-confounded");
  }

  @Example
  void lossesThatDidNotRiseShowNoForgetting() {
    List<LawPoint> better = ALL.stream().map(p -> p.withLoss(0.98 * p.lossBefore())).toList();
    assertThat(problems(better))
        .singleElement()
        .extracting(Problem::code)
        .isEqualTo("law-nothing-forgotten");
  }

  @Example
  void noRunsAtAllAreAProblemAndNotAnError() {
    assertThat(problems(List.of())).isNotEmpty();
  }

  /** Several runs of each kind, so that it is not their number that is complained about. */
  private static List<Problem> problems(Predicate<LawPoint> kept, int copies) {
    return problems(
        java.util.stream.IntStream.range(0, copies)
            .boxed()
            .flatMap(copy -> ALL.stream().filter(kept))
            .toList());
  }

  private static List<Problem> problems(Predicate<LawPoint> kept) {
    return problems(ALL.stream().filter(kept).toList());
  }

  private static List<Problem> problems(List<LawPoint> points) {
    LawResult result = Fitting.DEFAULT.fit(LawKind.FORGETTING, points);
    assertThat(result).isInstanceOf(LawResult.Undetermined.class);
    return ((LawResult.Undetermined) result).problems();
  }
}
