package io.holdfast.frontier.persistence;

import io.holdfast.frontier.collection.Claimant;
import io.holdfast.frontier.collection.Shelved;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.Weights;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads who needs which checkpoints, and keeps pins. All calls need a transaction. */
@ApplicationScoped
public class CollectionStore {

  /** Weights are published in fp32. */
  private static final long BYTES_PER_PARAMETER = 4;

  private final SnapshotStore snapshots;
  private final LedgerStore ledgers;

  @Inject
  CollectionStore(SnapshotStore snapshots, LedgerStore ledgers) {
    this.snapshots = snapshots;
    this.ledgers = ledgers;
  }

  /** Stages that have left something in the artifact store, or may have. */
  public List<Shelved> shelved() {
    return StageEntity.<StageEntity>list(
            "weights = 'STORED' and state in ('TRAINED', 'FAILED', 'CANCELLED')")
        .stream()
        .filter(stage -> stage.finishedAt != null)
        .map(
            stage -> new Shelved(stage.id, stage.kind, stage.state, bytes(stage), stage.finishedAt))
        .toList();
  }

  private static long bytes(StageEntity stage) {
    if (stage.completionJson == null || !stage.state.equals("TRAINED")) {
      return 0;
    }
    long models = 1 + stage.completion().marks().size();
    return models * BYTES_PER_PARAMETER * stage.spec().architecture().parameters();
  }

  /** All studies. */
  public List<Claimant> claimants() {
    Map<String, Set<String>> stages =
        StudyStageEntity.<StudyStageEntity>listAll().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.studyId,
                    Collectors.mapping(row -> row.stageId, Collectors.toSet())));
    Map<String, String> parents = new HashMap<>();
    StageEntity.<StageEntity>listAll().forEach(stage -> parents.put(stage.id, stage.parent));
    return StudyEntity.<StudyEntity>listAll().stream()
        .map(
            study ->
                new Claimant(
                    study.id,
                    study.state,
                    study.finishedAt,
                    stages.getOrDefault(study.id, Set.of()),
                    // A running study needs all of its stages.
                    study.state == StudyState.RUNNING
                        ? Set.of()
                        : front(snapshots.find(study.id).orElseThrow(), parents)))
        .toList();
  }

  private static Set<String> front(StudySnapshot study, Map<String, String> parents) {
    Set<String> front = new HashSet<>();
    for (Projection projection : List.of(Projection.RETENTION, Projection.PRETRAINING)) {
      for (String recipe : study.recipes()) {
        for (LineagePoint point : projection.frontOf(recipe, study.points())) {
          String id = point.stageId();
          while (id != null && front.add(id)) {
            id = parents.get(id);
          }
        }
      }
    }
    return front;
  }

  /** Notes what was let go, so that it is not let go again. */
  public void collected(Set<String> stageIds) {
    stageIds.forEach(
        id -> StageEntity.<StageEntity>findById(id).weights = Weights.COLLECTED.name());
  }

  /** Ids of what is pinned. */
  public Set<String> pins() {
    return PinEntity.<PinEntity>listAll().stream()
        .map(pin -> pin.id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Pins a study or a stage; false when there is none of that id. */
  public boolean pin(String id, Instant now) {
    // Not while it is decided what goes.
    ledgers.lock();
    if (StudyEntity.findById(id) == null && StageEntity.findById(id) == null) {
      return false;
    }
    if (PinEntity.findById(id) == null) {
      PinEntity pin = new PinEntity();
      pin.id = id;
      pin.pinnedAt = now;
      pin.persist();
    }
    return true;
  }

  /** Takes a pin away; false when there was none. */
  public boolean unpin(String id) {
    return PinEntity.deleteById(id);
  }
}
