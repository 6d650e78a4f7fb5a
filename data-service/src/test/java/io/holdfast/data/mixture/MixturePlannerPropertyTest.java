package io.holdfast.data.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** What must hold for every mixture; jqwik prints the seed of a failure. */
class MixturePlannerPropertyTest {

  /** Base corpora a and b, exposed corpus x, replayed corpus r. */
  record Setting(
      Map<String, TrainingSplit> corpora,
      int sequenceLength,
      long budget,
      double weight,
      double fraction,
      ExposureMode mode,
      double from,
      double until,
      double replay) {

    Optional<MixturePlan> plan() {
      MixtureSpec spec =
          new MixtureSpec(
              sequenceLength,
              Budget.ofTokens(budget),
              List.of(new Source(part("a"), weight), new Source(part("b"), 1)),
              List.of(new Exposure(part("x"), fraction, mode, from, until)),
              List.of(new Replay(part("r"), replay)));
      return switch (MixturePlanner.plan(spec, corpora, 0, 1)) {
        case Planning.Planned planned -> Optional.of(planned.plan());
        case Planning.Refused refused -> Optional.empty();
      };
    }

    private static Part part(String corpus) {
      return new Part(corpus, null);
    }

    long exposed() {
      TokenTable table = corpora.get("x").tokens();
      return table.tokensInFirst((long) Math.floor(fraction * table.documents() + 0.5));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void trainsExactlyTheTokensAskedFor(@ForAll("settings") Setting setting) {
    PlanCount count = new PlanCount(planned(setting));
    long exposed = setting.exposed();
    long base = setting.mode() == ExposureMode.ADD ? setting.budget() : setting.budget() - exposed;
    long ofA = count.tokens(Role.BASE, "a");
    double quota = base * setting.weight() / (setting.weight() + 1);
    assertThat(count.tokens(Role.EXPOSURE, "x")).isEqualTo(exposed);
    assertThat(ofA + count.tokens(Role.BASE, "b")).isEqualTo(base);
    assertThat((double) ofA).isBetween(Math.floor(quota), Math.ceil(quota));
    double replayed = count.tokens(Role.REPLAY, "r");
    assertThat(Math.abs(replayed - setting.replay() * count.tokens())).isLessThanOrEqualTo(1);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void finishesEveryPassBeforeTheNext(@ForAll("settings") Setting setting) {
    MixturePlan plan = planned(setting);
    for (Phase phase : plan.phases()) {
      for (Slice slice : phase.slices()) {
        long windows = plan.streams().get(slice.stream()).windows(plan.sequenceLength());
        assertThat(slice.firstWindow() / windows)
            .as("a slice lies within one pass")
            .isEqualTo((slice.firstWindow() + slice.windows() - 1) / windows);
      }
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void keepsTheRatioOfBaseCorporaFromPhaseToPhase(@ForAll("settings") Setting setting) {
    MixturePlan plan = planned(setting);
    PlanCount count = new PlanCount(plan);
    long ofA = 0;
    long base = 0;
    double share =
        (double) total(plan, phase -> count.sequences(Role.BASE, "a", phase))
            / Math.max(1, total(plan, phase -> count.sequences(Role.BASE, phase)));
    for (Phase phase : plan.phases()) {
      ofA += count.sequences(Role.BASE, "a", phase);
      base += count.sequences(Role.BASE, phase);
      // Less than one window each: where the segment began, and where the phase ends.
      assertThat(Math.abs(ofA - share * base)).isLessThan(3);
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void exposesOnlyInsideTheWindowAndEvenly(@ForAll("settings") Setting setting) {
    MixturePlan plan = planned(setting);
    PlanCount count = new PlanCount(plan);
    double first = Math.floor(setting.from() * plan.sequences() + 0.5);
    double end = Math.floor(setting.until() * plan.sequences() + 0.5);
    long all = total(plan, phase -> count.sequences(Role.EXPOSURE, phase));
    long position = 0;
    long seen = 0;
    for (Phase phase : plan.phases()) {
      long exposed = count.sequences(Role.EXPOSURE, phase);
      if (exposed > 0) {
        assertThat((double) position).isGreaterThanOrEqualTo(first);
        assertThat((double) position + phase.sequences()).isLessThanOrEqualTo(end);
      }
      position += phase.sequences();
      seen += exposed;
      if (all > 0 && position >= first && position <= end) {
        // Each of the four lanes rounds by less than a window at a cut.
        assertThat(Math.abs(seen - all * (position - first) / (end - first))).isLessThan(4);
      }
    }
  }

  private static long total(MixturePlan plan, ToLongFunction<Phase> count) {
    return plan.phases().stream().mapToLong(count).sum();
  }

  private static MixturePlan planned(Setting setting) {
    Optional<MixturePlan> plan = setting.plan();
    Assume.that(plan.isPresent());
    return plan.orElseThrow();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nestsExposures(
      @ForAll("settings") Setting setting,
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other) {
    Optional<TokenStream> smaller = exposure(setting, Math.min(one, other));
    Optional<TokenStream> larger = exposure(setting, Math.max(one, other));
    Assume.that(smaller.isPresent() && larger.isPresent());
    assertThat(smaller.get().shard()).isEqualTo(larger.get().shard());
    assertThat(smaller.get().documents()).isLessThanOrEqualTo(larger.get().documents());
    assertThat(smaller.get().tokens()).isLessThanOrEqualTo(larger.get().tokens());
  }

  /** Allocation of EDE's experiment 3b: λ of the documents early, the others later. */
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void exposureAndWhatSkipsItAreDisjointAndOnePassTogether(
      @ForAll("settings") Setting setting,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double fraction,
      @ForAll @LongRange(min = 1, max = 2000) long limit) {
    TokenTable table = setting.corpora().get("x").tokens();
    Part whole = new Part("x", Math.min(limit, table.tokens()));
    long documents = table.firstDocumentsReaching(whole.limitTokens());
    Optional<TokenStream> early =
        stream(
            setting,
            Role.EXPOSURE,
            new MixtureSpec(
                setting.sequenceLength(),
                Budget.ofTokens(1000),
                List.of(new Source(new Part("a", null), 1)),
                List.of(new Exposure(whole, fraction, ExposureMode.ADD, 0, 1)),
                List.of()));
    Optional<TokenStream> late =
        stream(
            setting,
            Role.BASE,
            new MixtureSpec(
                setting.sequenceLength(),
                Budget.ofEpochs(1),
                List.of(new Source(new Part("x", whole.limitTokens(), fraction), 1)),
                List.of(),
                List.of()));
    // A share that rounds to no document, on either side, is refused.
    Assume.that(early.isPresent() && late.isPresent());

    assertThat(early.get().firstDocument()).isZero();
    assertThat(late.get().firstDocument()).isEqualTo(early.get().documents());
    assertThat(early.get().documents() + late.get().documents()).isEqualTo(documents);
    assertThat(early.get().tokens() + late.get().tokens())
        .isEqualTo(table.tokensInFirst(documents));
  }

  private static Optional<TokenStream> stream(Setting setting, Role role, MixtureSpec spec) {
    return switch (MixturePlanner.plan(spec, setting.corpora(), 0, 1)) {
      case Planning.Planned planned ->
          planned.plan().streams().stream().filter(stream -> stream.role() == role).findFirst();
      case Planning.Refused refused -> Optional.empty();
    };
  }

  private static Optional<TokenStream> exposure(Setting s, double fraction) {
    return new Setting(
            s.corpora(), s.sequenceLength(), s.budget(), s.weight(), fraction, s.mode(), 0, 1, 0)
        .plan()
        .flatMap(
            plan ->
                plan.streams().stream()
                    .filter(stream -> stream.role() == Role.EXPOSURE)
                    .findFirst());
  }

  @Provide
  Arbitrary<Setting> settings() {
    Arbitrary<List<Integer>> sizes =
        Arbitraries.integers().between(1, 90).list().ofMinSize(1).ofMaxSize(30);
    Arbitrary<Map<String, TrainingSplit>> corpora =
        sizes
            .list()
            .ofSize(4)
            .map(
                lists ->
                    Map.of(
                        "a", ListedDocuments.split("a", lists.get(0)),
                        "b", ListedDocuments.split("b", lists.get(1)),
                        "x", ListedDocuments.split("x", lists.get(2)),
                        "r", ListedDocuments.split("r", lists.get(3))));
    Arbitrary<double[]> windows =
        Arbitraries.of(
            new double[] {0, 1},
            new double[] {0, 0.5},
            new double[] {0.5, 1},
            new double[] {0.2, 0.9},
            new double[] {1.0 / 3, 2.0 / 3});
    Arbitrary<Double> fractions = Arbitraries.of(0.0, 0.1, 0.25, 1.0 / 3, 0.5, 0.75, 1.0);
    return Combinators.combine(
            corpora,
            Arbitraries.integers().between(1, 40),
            Arbitraries.longs().between(0, 6000),
            Arbitraries.of(0.01, 0.3, 1.0, 2.5, 70.0),
            fractions,
            Arbitraries.of(ExposureMode.values()),
            windows,
            Arbitraries.of(0.0, 0.01, 0.2, 0.6))
        .as(
            (documents, length, budget, weight, fraction, mode, window, replay) ->
                new Setting(
                    documents, length, budget, weight, fraction, mode, window[0], window[1],
                    replay));
  }
}
