package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.MixtureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns what a stage wants into the exact data order: a pure function of the mixture, the sizes of
 * the corpora's documents and the seed.
 *
 * <p>Every number is a count of tokens that are targets, and is met exactly:
 *
 * <ul>
 *   <li>Base: the budget B, or epochs times the tokens of the base parts; less the tokens of
 *       exposures that REPLACE. Base corpora divide it by weight, largest remainder.
 *   <li>Exposure: all tokens of the first round(λ·k) of the part's k documents, once each.
 *   <li>Skipping: a part that skips f has what an exposure of it to f leaves over, document by
 *       document.
 *   <li>Replay: ρ of the whole stage, so (base + exposure) · Σρ / (1 − Σρ), rounded.
 * </ul>
 *
 * <p>A share of n tokens of a part with T tokens is ⌊n / T⌋ whole passes and a last pass over the
 * part's first n mod T tokens, which may end inside a document. A pass over t tokens takes ⌈t / L⌉
 * sequences, the last of which is partly masked. Seeds change the order, never which tokens.
 */
public final class MixturePlanner {

  /** Passes of all corpora, and slices of all phases: more would not fit a Kafka record of 1 MB. */
  static final int MAX_PASSES = 4096;

  private static final int MAX_SLICES = 4 * MAX_PASSES;

  private final int sequenceLength;
  private final List<TokenStream> streams = new ArrayList<>();

  private MixturePlanner(int sequenceLength) {
    this.sequenceLength = sequenceLength;
  }

  /**
   * Plans a mixture.
   *
   * @param corpora every corpus that the mixture names, by id
   * @param endOfText token id between documents
   * @param seed seeds the order
   */
  public static Planning plan(
      MixtureSpec spec, Map<String, TrainingSplit> corpora, int endOfText, long seed) {
    TokenBudget budget = new TokenBudget(spec, corpora);
    if (!budget.problems().isEmpty()) {
      return new Planning.Refused(budget.problems());
    }
    long passes = budget.demands().stream().mapToLong(d -> d.wholePasses() + 1).sum();
    if (passes > MAX_PASSES) {
      return new Planning.Refused(List.of(tooManyPasses(passes)));
    }
    MixturePlanner planner = new MixturePlanner(spec.sequenceLength());
    Timeline timeline = planner.timeline(budget.demands());
    List<Problem> narrow = timeline.problems();
    if (!narrow.isEmpty()) {
      return new Planning.Refused(narrow);
    }
    List<Phase> phases = timeline.phases();
    if (phases.stream().mapToInt(phase -> phase.slices().size()).sum() > MAX_SLICES) {
      return new Planning.Refused(List.of(tooManyPasses(passes)));
    }
    return new Planning.Planned(
        new MixturePlan(spec.sequenceLength(), seed, endOfText, planner.streams, phases));
  }

  private Timeline timeline(List<Demand> demands) {
    List<Lane> base = new ArrayList<>();
    List<Lane> exposures = new ArrayList<>();
    List<Lane> replays = new ArrayList<>();
    for (Demand demand : demands) {
      Lane lane = lane(demand);
      switch (demand.role()) {
        case BASE -> base.add(lane);
        case EXPOSURE -> exposures.add(lane);
        case REPLAY -> replays.add(lane);
      }
    }
    return new Timeline(base, exposures, replays);
  }

  private Lane lane(Demand demand) {
    List<Lane.Run> runs = new ArrayList<>();
    if (demand.wholePasses() > 0) {
      runs.add(run(demand.role(), demand.part(), demand.wholePasses()));
    }
    if (demand.rest() > 0) {
      runs.add(run(demand.role(), demand.part().firstTokens(demand.rest()), 1));
    }
    return new Lane(demand.place(), runs, demand.from(), demand.until());
  }

  private Lane.Run run(Role role, DocumentRun part, long passes) {
    TokenStream stream =
        new TokenStream(
            part.corpus(),
            role,
            part.split().shard(),
            part.first(),
            part.documents(),
            part.tokens());
    streams.add(stream);
    return new Lane.Run(streams.size() - 1, stream.windows(sequenceLength), passes);
  }

  private static Problem tooManyPasses(long passes) {
    return Problem.at(
        "budget",
        "too-many-passes",
        passes,
        "The stage passes over its corpora too often to be planned: at most %d times in all."
            .formatted(MAX_PASSES),
        "Lower the budget or the replayed share, or give larger corpora.");
  }
}
