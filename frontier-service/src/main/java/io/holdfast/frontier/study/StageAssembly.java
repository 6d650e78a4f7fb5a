package io.holdfast.frontier.study;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.MethodSettings;
import io.holdfast.contracts.study.StageSettings;
import io.holdfast.contracts.study.StageSettings.Stopping;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Makes stage specs of settings. Whatever only names or orders things is gone afterwards: corpora
 * are ids, lists are sorted, weights sum to 1.
 */
final class StageAssembly {

  private final Architecture architecture;
  private final String base;
  private final String tokenizer;
  private final CorpusCatalog catalog;

  /**
   * @param base id of the model that the first stages start from, or null for random weights
   */
  StageAssembly(Architecture architecture, String base, String tokenizer, CorpusCatalog catalog) {
    this.architecture = architecture;
    this.base = base;
    this.tokenizer = tokenizer;
    this.catalog = catalog;
  }

  /**
   * The stage that continues {@code parent}, or is a first one when it is null. Merged adapters may
   * have changed the model, so it is the one that the parent ends with.
   *
   * @param keepsMoments whether a child goes on with its optimizer state
   * @param marks in trained tokens, ascending
   */
  StageSpec spec(
      StageSettings settings, StageSpec parent, boolean keepsMoments, List<Long> marks, long seed) {
    return new StageSpec(
        StageSpec.CURRENT_NUMERICS,
        settings.kind(),
        parent == null ? null : parent.id(),
        parent == null ? base : null,
        parent == null ? architecture : parent.resultArchitecture(),
        tokenizer,
        mixture(settings),
        settings.optimization(),
        method(settings.method(), keepsMoments),
        settings.earlyStopping() == null ? null : earlyStopping(settings, catalog),
        marks,
        seed);
  }

  private MixtureSpec mixture(StageSettings settings) {
    return new MixtureSpec(
        settings.sequenceLength(),
        settings.budget(),
        settings.corpora().entrySet().stream()
            .map(
                source ->
                    new Source(
                        catalog.part(source.getKey(), settings.withoutFirst()), source.getValue()))
            .sorted(byPart(Source::part))
            .toList(),
        exposures(settings.exposure()),
        replays(settings.replay()));
  }

  private List<Exposure> exposures(StageSettings.Exposure exposure) {
    return exposure == null
        ? List.of()
        : exposure.corpora().stream()
            .map(
                corpus ->
                    new Exposure(
                        catalog.part(corpus),
                        exposure.fraction(),
                        exposure.mode(),
                        exposure.from(),
                        exposure.until()))
            .sorted(byPart(Exposure::part))
            .toList();
  }

  private List<Replay> replays(StageSettings.Replay replay) {
    return replay == null
        ? List.of()
        : replay.corpora().entrySet().stream()
            .map(
                share ->
                    new Replay(catalog.part(share.getKey()), replay.fraction() * share.getValue()))
            .sorted(byPart(Replay::part))
            .toList();
  }

  /** A method that keeps no moments for a child's sake, which cost nothing. */
  Method method(MethodSettings settings) {
    return method(settings, false);
  }

  private Method method(MethodSettings settings, boolean keepsMoments) {
    OptimizerState kept = keepsMoments ? OptimizerState.KEEP : null;
    return new Method(
        settings.lora(),
        settings.anchor() == null ? null : anchor(settings.anchor()),
        settings.sharpnessRadius(),
        settings.withinDocuments(),
        settings.carriesOptimizerState() ? OptimizerState.CARRY : kept);
  }

  private Anchor anchor(MethodSettings.Anchor anchor) {
    MethodSettings.Fisher fisher = anchor.fisher();
    return new Anchor(
        anchor.strength(),
        fisher == null ? null : new Fisher(catalog.id(fisher.corpus()), fisher.tokens()));
  }

  private static <T> Comparator<T> byPart(Function<T, MixtureSpec.Part> part) {
    return Comparator.comparing((T entry) -> part.apply(entry).corpus())
        .thenComparing(
            entry -> part.apply(entry).limitTokens(),
            Comparator.nullsLast(Comparator.naturalOrder()));
  }

  /**
   * The looks in trained tokens. A pass of a stage with replay is longer by the replayed tokens;
   * exposure does not count, because it lies in one part of the stage.
   */
  static EarlyStopping earlyStopping(StageSettings settings, CorpusCatalog catalog) {
    Stopping stopping = settings.earlyStopping();
    return new EarlyStopping(
        catalog.id(stopping.corpus()),
        everyTokens(settings, catalog),
        stopping.patience(),
        stopping.tokens());
  }

  private static long everyTokens(StageSettings settings, CorpusCatalog catalog) {
    Stopping stopping = settings.earlyStopping();
    if (stopping.everyTokens() != null) {
      return stopping.everyTokens();
    }
    double replayed = settings.replay() == null ? 0 : settings.replay().fraction();
    double pass = StageTokens.onePass(settings, catalog).tokens() / (1 - replayed);
    return Math.max(1, Math.round(stopping.everyEpochs() * pass));
  }
}
