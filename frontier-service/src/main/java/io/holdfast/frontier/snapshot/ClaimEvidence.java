package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.LawData;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.snapshot.StudyLaws.Data;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;
import io.holdfast.frontier.statistics.verdict.ClaimedLaw;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a study's claims are about beside its losses: tasks, and laws, which take a second to fit.
 */
final class ClaimEvidence {

  private ClaimEvidence() {}

  /** The trials, with what the claims need. */
  static StudyTrials of(
      StudySnapshot study, List<StudySnapshot> beside, List<Claim> claims, StudyTrials trials) {
    List<StudyTask> tasks =
        claims.stream().map(ClaimEvidence::task).filter(Objects::nonNull).distinct().toList();
    return new StudyTrials(
        trials.recipes(),
        trials.trials(),
        trials.resampling(),
        TaskPlanes.of(study, tasks),
        aboutLaws(claims) ? laws(study, beside) : List.of());
  }

  /** Whether a claim is about a law, to which the runs of further studies belong. */
  static boolean aboutLaws(List<Claim> claims) {
    return claims.stream()
        .anyMatch(c -> c instanceof Claim.LawParameter || c instanceof Claim.LawPredicts);
  }

  private static StudyTask task(Claim claim) {
    return switch (claim) {
      case Claim.RetainsMore c -> c.task();
      case Claim.Trend c -> c.task();
      case Claim.Dominates _,
          Claim.LargestGain _,
          Claim.Latent _,
          Claim.InteriorMinimum _,
          Claim.Complementary _,
          Claim.LawParameter _,
          Claim.LawPredicts _ ->
          null;
    };
  }

  private static List<ClaimedLaw> laws(StudySnapshot study, List<StudySnapshot> beside) {
    List<StudySnapshot> all = Stream.concat(Stream.of(study), beside.stream()).toList();
    return StudyLaws.of(all, Fitting.DEFAULT, false).laws().stream()
        .map(ClaimEvidence::claimed)
        .toList();
  }

  private static ClaimedLaw claimed(StudyLaw law) {
    return new ClaimedLaw(law.upstream(), of(law.data()), law.result());
  }

  private static LawData of(Data data) {
    return switch (data) {
      case PRETRAINING -> LawData.PRETRAIN;
      case POST_TRAINING -> LawData.POST_TRAIN;
      case FINE_TUNING -> LawData.FINE_TUNE;
    };
  }
}
