package io.holdfast.data.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixturePlannerTest {

  private static final Part PROSE = new Part("prose", null);
  private static final Part PROOFS = new Part("proofs", null);

  /** 100 documents of 70 tokens and 40 of 50, in windows of 16. */
  private static final Map<String, TrainingSplit> CORPORA =
      Map.of(
          "prose", ListedDocuments.split("prose", Collections.nCopies(100, 70)),
          "proofs", ListedDocuments.split("proofs", Collections.nCopies(40, 50)));

  @Test
  void trainsOneEpochAsOnePhaseOverEveryToken() {
    MixturePlan plan = planned(mixture(Budget.ofEpochs(1.0), List.of(), List.of()));
    assertThat(plan.streams())
        .containsExactly(new TokenStream("prose", Role.BASE, "shards/prose/train", 100, 7000));
    assertThat(plan.phases()).containsExactly(new Phase(List.of(new Slice(0, 0, 438))));
    assertThat(plan.sequences()).isEqualTo(438);
  }

  @Test
  void finishesAnEpochBeforeTheNextBegins() {
    MixturePlan plan = planned(mixture(Budget.ofEpochs(2.5), List.of(), List.of()));
    assertThat(plan.phases())
        .containsExactly(
            new Phase(List.of(new Slice(0, 0, 438))),
            new Phase(List.of(new Slice(0, 438, 438))),
            new Phase(List.of(new Slice(1, 0, 219))));
    assertThat(new PlanCount(plan).tokens()).isEqualTo(17_500);
  }

  @Test
  void cutsATokenBudgetInsideADocument() {
    MixturePlan plan = planned(mixture(Budget.ofTokens(1001), List.of(), List.of()));
    assertThat(plan.streams())
        .containsExactly(new TokenStream("prose", Role.BASE, "shards/prose/train", 15, 1001));
    assertThat(plan.sequences()).isEqualTo(63);
  }

  @Test
  void takesTheFirstDocumentsThatReachALimit() {
    MixtureSpec spec =
        new MixtureSpec(
            16,
            Budget.ofEpochs(1.0),
            List.of(new Source(new Part("prose", 141L), 1)),
            List.of(),
            List.of());
    assertThat(planned(spec).streams())
        .containsExactly(new TokenStream("prose", Role.BASE, "shards/prose/train", 3, 210));
  }

  @Test
  void addsExposedDocumentsOnce() {
    MixturePlan plan =
        planned(
            mixture(Budget.ofTokens(2000), List.of(exposure(0.25, ExposureMode.ADD)), List.of()));
    assertThat(plan.streams())
        .contains(new TokenStream("proofs", Role.EXPOSURE, "shards/proofs/train", 10, 500));
    assertThat(new PlanCount(plan).tokens(Role.EXPOSURE, "proofs")).isEqualTo(500);
    assertThat(new PlanCount(plan).tokens(Role.BASE, "prose")).isEqualTo(2000);
  }

  @Test
  void replacesBaseTokensByExposedOnes() {
    MixturePlan plan =
        planned(
            mixture(
                Budget.ofTokens(2000), List.of(exposure(0.25, ExposureMode.REPLACE)), List.of()));
    assertThat(new PlanCount(plan).tokens(Role.BASE, "prose")).isEqualTo(1500);
    assertThat(new PlanCount(plan).tokens()).isEqualTo(2000);
  }

  @Test
  void replaysAShareOfTheWholeStage() {
    MixturePlan plan =
        planned(mixture(Budget.ofTokens(1980), List.of(), List.of(new Replay(PROOFS, 0.01))));
    assertThat(new PlanCount(plan).tokens(Role.REPLAY, "proofs")).isEqualTo(20);
    assertThat(new PlanCount(plan).tokens()).isEqualTo(2000);
  }

  @Test
  void keepsAScheduledExposureInsideItsWindow() {
    MixtureSpec spec =
        mixture(
            Budget.ofTokens(6400),
            List.of(new Exposure(PROOFS, 0.5, ExposureMode.ADD, 0.25, 0.75)),
            List.of());
    MixturePlan plan = planned(spec);
    PlanCount count = new PlanCount(plan);
    assertThat(plan.sequences()).isEqualTo(400 + 63);
    assertThat(count.phaseStarts()).containsExactly(0L, 116L, 347L, 463L);
    assertThat(plan.phases().stream().map(phase -> count.sequences(Role.EXPOSURE, phase)))
        .containsExactly(0L, 63L, 0L);
  }

  @Test
  void trainsOnExposureAloneWhenItReplacesTheWholeBudget() {
    MixturePlan plan =
        planned(
            mixture(Budget.ofTokens(2000), List.of(exposure(1, ExposureMode.REPLACE)), List.of()));
    assertThat(plan.streams()).hasSize(1);
    assertThat(new PlanCount(plan).tokens(Role.EXPOSURE, "proofs")).isEqualTo(2000);
  }

  @Test
  void plansTheSameForTheSameInputs() {
    MixtureSpec spec =
        mixture(
            Budget.ofEpochs(1.7),
            List.of(exposure(0.3, ExposureMode.ADD)),
            List.of(new Replay(PROOFS, 0.1)));
    assertThat(planned(spec)).isEqualTo(planned(spec));
  }

  @Test
  void refusesALimitBeyondTheCorpus() {
    MixtureSpec spec =
        new MixtureSpec(
            16,
            Budget.ofTokens(100),
            List.of(new Source(new Part("prose", 7001L), 1)),
            List.of(
                new Exposure(new Part("proofs", 2001L), 1, ExposureMode.ADD, 0, 1),
                new Exposure(new Part("proofs", 0L), 1, ExposureMode.ADD, 0, 1)),
            List.of());
    assertThat(refused(spec))
        .extracting(Problem::code, Problem::path, Problem::value)
        .containsExactly(
            tuple("corpus-too-small", "base[0].limit_tokens", "7001"),
            tuple("corpus-too-small", "exposures[0].limit_tokens", "2001"),
            tuple("limit-not-positive", "exposures[1].limit_tokens", "0"));
    assertThat(refused(spec).getFirst().message()).contains("7000");
  }

  @Test
  void refusesMoreReplacementThanBudget() {
    MixtureSpec spec =
        mixture(Budget.ofTokens(499), List.of(exposure(0.25, ExposureMode.REPLACE)), List.of());
    assertThat(refused(spec))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("exposure-exceeds-budget");
              assertThat(problem.value()).isEqualTo("500 tokens");
            });
  }

  @Test
  void refusesAStageWithoutTokens() {
    assertThat(codes(mixture(Budget.ofTokens(0), List.of(), List.of())))
        .containsExactly("empty-stage");
  }

  @Test
  void refusesAnExposureThatRoundsToNoDocument() {
    assertThat(
            codes(
                mixture(Budget.ofTokens(10), List.of(exposure(0.01, ExposureMode.ADD)), List.of())))
        .containsExactly("exposure-rounds-to-nothing");
  }

  @Test
  void refusesAnExposureWindowThatIsTooNarrow() {
    assertThat(
            codes(
                mixture(
                    Budget.ofTokens(2000),
                    List.of(new Exposure(PROOFS, 1, ExposureMode.ADD, 0, 0.1)),
                    List.of())))
        .containsExactly("exposure-window-too-narrow");
  }

  @Test
  void refusesOverlappingExposuresThatFillMoreThanTheirWindow() {
    Exposure half = new Exposure(PROOFS, 1, ExposureMode.ADD, 0, 0.4);
    assertThat(codes(mixture(Budget.ofTokens(3000), List.of(half, half), List.of())))
        .containsExactly("exposure-window-too-narrow");
  }

  @Test
  void refusesReplayOfEverything() {
    assertThat(
            codes(
                mixture(
                    Budget.ofTokens(100),
                    List.of(),
                    List.of(new Replay(PROOFS, 0.5), new Replay(PROSE, 0.5)))))
        .containsExactly("replay-leaves-nothing");
  }

  @Test
  void refusesMorePassesThanAPlanCanName() {
    assertThat(codes(mixture(Budget.ofEpochs(5000.0), List.of(), List.of())))
        .containsExactly("too-many-passes");
  }

  private static Exposure exposure(double fraction, ExposureMode mode) {
    return new Exposure(PROOFS, fraction, mode, 0, 1);
  }

  private static MixtureSpec mixture(
      Budget budget, List<Exposure> exposures, List<Replay> replays) {
    return new MixtureSpec(16, budget, List.of(new Source(PROSE, 1)), exposures, replays);
  }

  private static MixturePlan planned(MixtureSpec spec) {
    return switch (MixturePlanner.plan(spec, CORPORA, 0, 7)) {
      case Planning.Planned planned -> planned.plan();
      case Planning.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  private static List<Problem> refused(MixtureSpec spec) {
    return switch (MixturePlanner.plan(spec, CORPORA, 0, 7)) {
      case Planning.Planned planned -> throw new AssertionError(planned.plan());
      case Planning.Refused refused -> refused.problems();
    };
  }

  private static List<String> codes(MixtureSpec spec) {
    return refused(spec).stream().map(Problem::code).toList();
  }
}
