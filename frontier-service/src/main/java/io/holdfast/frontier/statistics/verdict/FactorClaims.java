package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.RecipeFronts;
import io.holdfast.frontier.statistics.comparison.SeedFronts;
import io.holdfast.frontier.statistics.design.Cells;
import io.holdfast.frontier.statistics.design.Factorial;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tests whether several knobs together give a better front than each of them alone. */
final class FactorClaims {

  private final StudyTrials study;

  FactorClaims(StudyTrials study) {
    this.study = study;
  }

  Finding complementary(Claim.Complementary claim) {
    RecipeFronts all = study.fronts(Projection.RETENTION);
    if (all.points() == 0) {
      return new Untestable("nothing has been measured yet");
    }
    Cells cells = Cells.of(claim.factors(), othersOff(claim), all.reference());
    List<Single> singles = new ArrayList<>();
    for (int i = 0; i < claim.factors().size(); i++) {
      Estimate gain = gain(cells, 1 << i);
      if (gain == null) {
        return new Untestable(
            "no seed has measured fronts both with %s and with %s alone"
                .formatted(cells.name(cells.all()), cells.name(1 << i)));
      }
      singles.add(new Single(cells.name(1 << i), gain));
    }
    return tested(cells, singles);
  }

  private static Tested tested(Cells cells, List<Single> singles) {
    Single best = singles.stream().min(Comparator.comparing(s -> s.gain().mean())).orElseThrow();
    List<String> notes = new ArrayList<>();
    singles.forEach(
        single ->
            notes.add(
                "Over %s alone: %s nats²."
                    .formatted(single.name(), Words.withInterval(single.gain()))));
    if (!cells.isBalanced()) {
      notes.add(
          "The combinations differ in their number of checkpoints, and more checkpoints make a front larger.");
    }
    return new Tested(
        "the front of %s dominates %s nats² %s than that of %s alone, the best single one"
            .formatted(
                cells.name(cells.all()),
                Words.number(Math.abs(best.gain().mean())),
                best.gain().mean() >= 0 ? "more" : "less",
                best.name()),
        Effect.of(
            "hypervolume of all factors less that of the best one", Words.VOLUME, best.gain()),
        best.gain().n(),
        Words.PAIRED_T + " against each factor alone, the largest p",
        OneSided.all(singles.stream().map(s -> s.gain().pAbove(0)).toArray(Double[]::new)),
        OneSided.any(singles.stream().map(s -> s.gain().pBelow(0)).toArray(Double[]::new)),
        null,
        notes);
  }

  /** Trials in which other knobs, where the study varies them, are off. */
  private List<Trial> othersOff(Claim.Complementary claim) {
    List<Trial> trials = study.among(claim.recipes());
    List<Knob> others = new ArrayList<>(Factorial.varied(trials));
    others.removeAll(claim.factors());
    return trials.stream().filter(t -> others.stream().noneMatch(t::isOn)).toList();
  }

  private Estimate gain(Cells cells, int single) {
    SeedFronts all = cells.fronts().get(cells.all());
    SeedFronts one = cells.fronts().get(single);
    if (all == null || one == null) {
      return null;
    }
    List<SeedValue> volumes = all.volumesOver(one);
    return volumes.isEmpty() ? null : Estimate.of(volumes, study.resampling());
  }

  private record Single(String name, Estimate gain) {}
}
