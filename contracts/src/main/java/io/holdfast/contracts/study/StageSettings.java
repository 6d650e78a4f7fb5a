package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.StageKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One stage with every default filled in; corpora by the study's names.
 *
 * @param kind which of the three stages
 * @param corpora base corpora and their weights, which sum to 1
 * @param withoutFirst share of each base corpus's documents, the first ones, that is left out; what
 *     an exposure of that fraction takes
 * @param budget tokens of, or passes over, the base corpora; null with {@code flops}
 * @param flops floating-point operations that the whole stage may cost, until model and corpora are
 *     known and turn them into a number of tokens; else null
 * @param sequenceLength tokens per training sequence
 * @param optimization how it trains
 * @param exposure early exposure; null for none
 * @param replay replay of earlier corpora; null for none
 * @param method what it does beyond that
 * @param earlyStopping null trains the whole budget
 * @param marks where along its way it is also evaluated; null for nowhere
 */
public record StageSettings(
    StageKind kind,
    Map<String, Double> corpora,
    double withoutFirst,
    Budget budget,
    Double flops,
    int sequenceLength,
    Optimization optimization,
    Exposure exposure,
    Replay replay,
    MethodSettings method,
    Stopping earlyStopping,
    Marks marks) {

  public StageSettings {
    if ((budget == null) == (flops == null)) {
      throw new IllegalArgumentException("a stage's budget is in tokens, epochs or operations");
    }
    corpora = Ordered.copy(corpora);
    Objects.requireNonNull(method, "method");
  }

  /** What decides the weights that the stage ends with. */
  public StageSettings withoutMarks() {
    return marks == null
        ? this
        : new StageSettings(
            kind,
            corpora,
            withoutFirst,
            budget,
            flops,
            sequenceLength,
            optimization,
            exposure,
            replay,
            method,
            earlyStopping,
            null);
  }

  /** The stage with its floating-point operations as tokens of the base corpora. */
  public StageSettings withTokens(long tokens) {
    return new StageSettings(
        kind,
        corpora,
        withoutFirst,
        Budget.ofTokens(tokens),
        null,
        sequenceLength,
        optimization,
        exposure,
        replay,
        method,
        earlyStopping,
        marks);
  }

  /**
   * Early exposure: the first λ of each corpus's documents, once.
   *
   * @param fraction λ in (0, 1]
   * @param corpora names; each is exposed by the same fraction
   * @param mode whether the exposed tokens lengthen the stage or take the place of others
   * @param from start as a fraction of the stage
   * @param until end as a fraction of the stage
   */
  public record Exposure(
      double fraction, List<String> corpora, ExposureMode mode, double from, double until) {
    public Exposure {
      corpora = List.copyOf(corpora);
    }
  }

  /**
   * Replay of earlier corpora.
   *
   * @param fraction ρ in (0, 1): share of the stage's tokens
   * @param corpora names and how they share ρ; the shares sum to 1
   */
  public record Replay(double fraction, Map<String, Double> corpora) {
    public Replay {
      corpora = Ordered.copy(corpora);
    }
  }

  /**
   * Early stopping.
   *
   * @param corpus name of the corpus whose dev split is watched
   * @param everyTokens trained tokens between two looks, or null
   * @param everyEpochs passes over the base corpora between two looks, or null
   * @param patience looks without improvement before the stage stops
   * @param tokens largest part of the dev split that one look reads
   */
  public record Stopping(
      String corpus, Long everyTokens, Double everyEpochs, int patience, long tokens) {
    public Stopping {
      if ((everyTokens == null) == (everyEpochs == null)) {
        throw new IllegalArgumentException("looks are counted in tokens or in epochs");
      }
    }
  }
}
