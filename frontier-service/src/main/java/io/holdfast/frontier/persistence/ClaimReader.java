package io.holdfast.frontier.persistence;

import io.holdfast.frontier.collection.Claimant;
import io.holdfast.frontier.collection.Meanwhile;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.replica.LedgerRows;
import io.holdfast.frontier.replica.Replica;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.replica.WantedStudy;
import io.holdfast.frontier.statistics.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads who needs which checkpoints. All calls need a transaction. */
@ApplicationScoped
public class ClaimReader {

  private final EntityManager entities;
  private final LedgerStore ledgers;
  private final LedgerReader rows;
  private final WantedStudies studies;

  @Inject
  ClaimReader(
      EntityManager entities, LedgerStore ledgers, LedgerReader rows, WantedStudies studies) {
    this.entities = entities;
    this.ledgers = ledgers;
    this.rows = rows;
    this.studies = studies;
  }

  /** Ids of all studies. */
  public List<String> studies() {
    return entities.createQuery("select s.id from StudyEntity s", String.class).getResultList();
  }

  /** A study as it stands. */
  public Claimant of(String studyId) {
    WantedStudy study = studies.find(studyId).orElseThrow();
    StudyState state = study.record().state();
    return new Claimant(
        studyId,
        state,
        StudyEntity.<StudyEntity>findById(studyId).finishedAt,
        study.record().stages().keySet(),
        // A running study needs all of its stages.
        state == StudyState.RUNNING ? Set.of() : front(study, rows.ofStudy(studyId)));
  }

  private static Set<String> front(WantedStudy study, LedgerRows rows) {
    Map<String, String> parents = new HashMap<>();
    rows.stages().forEach(stage -> parents.put(stage.id(), stage.parent()));
    String id = study.record().id();
    StudyPoints points = Replica.empty(0).with(study, rows).points(id);
    Set<String> front = new HashSet<>();
    Stream.of(Projection.RETENTION, Projection.PRETRAINING)
        .flatMap(plane -> points.onFront(plane, Integer.MAX_VALUE))
        .forEach(
            placed -> {
              String stage = placed.point().stageId();
              while (stage != null && front.add(stage)) {
                stage = parents.get(stage);
              }
            });
    return front;
  }

  /** The ledger with all that was decided before, and nobody yet who needs something else. */
  public Meanwhile now() {
    ledgers.lock();
    return new Meanwhile(rows.lastChange(), Set.of());
  }

  /**
   * With whoever may need something else by now. Under the ledger's lock.
   *
   * <p>That a stage is collected changes nobody's front, so that one collection does not hold up
   * its own next piece.
   */
  public Meanwhile since(Meanwhile known) {
    Set<String> all = new HashSet<>(known.studies());
    all.addAll(
        entities
            .createQuery(
                "select s.id from StudyEntity s where s.changed > :since"
                    + " union select w.studyId from StudyStageEntity w where w.stageId in"
                    + " (select r.id from StageEntity r where r.changed > :since"
                    + " and r.weights <> 'COLLECTED'"
                    + " union select e.stageId from EvaluationEntity e where e.changed > :since)",
                String.class)
            .setParameter("since", known.change())
            .getResultList());
    return new Meanwhile(rows.lastChange(), all);
  }

  /**
   * What some studies may need of some stages: all that they have. Of one that is no longer as it
   * was, what is on its front is not known without reading it.
   */
  public List<Claimant> claims(Collection<String> studyIds, Collection<String> stageIds) {
    if (studyIds.isEmpty()) {
      return List.of();
    }
    return entities
        .createQuery(
            "select w.studyId, w.stageId, s.state, s.finishedAt from StudyStageEntity w,"
                + " StudyEntity s where s.id = w.studyId and w.stageId in :stages"
                + " and w.studyId in :studies",
            Object[].class)
        .setParameter("stages", stageIds)
        .setParameter("studies", studyIds)
        .getResultList()
        .stream()
        .collect(Collectors.groupingBy(row -> (String) row[0]))
        .values()
        .stream()
        .map(ClaimReader::claimant)
        .toList();
  }

  private static Claimant claimant(List<Object[]> wants) {
    Object[] study = wants.getFirst();
    Set<String> stages =
        wants.stream().map(row -> (String) row[1]).collect(Collectors.toUnmodifiableSet());
    return new Claimant(
        (String) study[0], (StudyState) study[2], (Instant) study[3], stages, stages);
  }
}
