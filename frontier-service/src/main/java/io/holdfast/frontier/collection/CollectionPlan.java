package io.holdfast.frontier.collection;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of the artifact store nobody needs any more, and why the rest stays.
 *
 * @param goes stages whose checkpoints go
 * @param stays stages whose checkpoints stay, each with the first reason that holds
 */
public record CollectionPlan(List<Goes> goes, List<Stays> stays) {

  public CollectionPlan {
    goes = List.copyOf(goes);
    stays = List.copyOf(stays);
  }

  /** Its checkpoints are removed; its scores stay. */
  public record Goes(String stageId, StageKind kind, String state, long bytes) {}

  /**
   * Its checkpoints stay.
   *
   * @param of the study or pin that needs it, or null
   */
  public record Stays(String stageId, long bytes, Reason reason, String of) {}

  /** Why a checkpoint stays, strongest first. */
  public enum Reason {
    /** A study that runs wants the stage: to score it, or to train its children from it. */
    RUNNING_STUDY,
    /** It, or a study that has it, is pinned. */
    PINNED,
    /** A point on a study's frontier is this stage, or descends from it. */
    FRONTIER,
    /** It, or a study that has it, ended less than the time ago that everything is kept. */
    RECENT
  }

  /**
   * Decides.
   *
   * @param shelved all stages that have left something
   * @param studies all studies
   * @param pins ids of pinned studies and stages
   * @param keptSince what ended later stays
   */
  public static CollectionPlan of(
      List<Shelved> shelved, List<Claimant> studies, Set<String> pins, Instant keptSince) {
    Map<String, List<Claimant>> claims = new HashMap<>();
    studies.forEach(
        study ->
            study
                .stages()
                .forEach(id -> claims.computeIfAbsent(id, s -> new ArrayList<>()).add(study)));
    List<Goes> goes = new ArrayList<>();
    List<Stays> stays = new ArrayList<>();
    for (Shelved stage : shelved) {
      reason(stage, claims.getOrDefault(stage.id(), List.of()), pins, keptSince)
          .ifPresentOrElse(
              stays::add,
              () -> goes.add(new Goes(stage.id(), stage.kind(), stage.state(), stage.bytes())));
    }
    return new CollectionPlan(goes, stays);
  }

  /** The plan without what was gone already when it was carried out. */
  public CollectionPlan ofWhichWent(Set<String> stageIds) {
    return new CollectionPlan(
        goes.stream().filter(each -> stageIds.contains(each.stageId())).toList(), stays);
  }

  private static Optional<Stays> reason(
      Shelved stage, List<Claimant> studies, Set<String> pins, Instant keptSince) {
    for (Claimant study : studies) {
      if (study.state() == StudyState.RUNNING) {
        return Optional.of(stays(stage, Reason.RUNNING_STUDY, study.id()));
      }
    }
    if (pins.contains(stage.id())) {
      return Optional.of(stays(stage, Reason.PINNED, stage.id()));
    }
    for (Claimant study : studies) {
      if (pins.contains(study.id())) {
        return Optional.of(stays(stage, Reason.PINNED, study.id()));
      }
    }
    for (Claimant study : studies) {
      if (study.front().contains(stage.id())) {
        return Optional.of(stays(stage, Reason.FRONTIER, study.id()));
      }
    }
    if (stage.since().isAfter(keptSince)) {
      return Optional.of(stays(stage, Reason.RECENT, null));
    }
    for (Claimant study : studies) {
      if (study.finishedAt() != null && study.finishedAt().isAfter(keptSince)) {
        return Optional.of(stays(stage, Reason.RECENT, study.id()));
      }
    }
    return Optional.empty();
  }

  private static Stays stays(Shelved stage, Reason reason, String of) {
    return new Stays(stage.id(), stage.bytes(), reason, of);
  }
}
