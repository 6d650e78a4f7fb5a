package io.holdfast.frontier.persistence;

import io.holdfast.frontier.lifecycle.StudyRecord;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedStage;
import io.holdfast.frontier.replica.WantedStudy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what studies want. All calls need a transaction. */
@ApplicationScoped
public class WantedStudies {

  private final EntityManager entities;

  @Inject
  WantedStudies(EntityManager entities) {
    this.entities = entities;
  }

  /** Running studies that want the stage. */
  public Set<String> runningThatWant(String stageId) {
    return runningThatWant(List.of(stageId));
  }

  /** Running studies that want one of the stages. */
  Set<String> runningThatWant(Collection<String> stageIds) {
    Set<String> studies = new TreeSet<>();
    Parts.of(stageIds).forEach(part -> studies.addAll(runningThatWantOneOf(part)));
    return studies;
  }

  /** Running studies that want a stage, of each of the stages that one wants. */
  public Map<String, Set<String>> runningThatWantEach(Collection<String> stageIds) {
    Map<String, Set<String>> studies = new HashMap<>();
    Parts.of(stageIds)
        .flatMap(
            part ->
                entities
                    .createQuery(
                        "select ss.stageId, ss.studyId from StudyStageEntity ss, StudyEntity s"
                            + " where s.id = ss.studyId and s.state = :running"
                            + " and ss.stageId in :stages",
                        Object[].class)
                    .setParameter("running", StudyState.RUNNING)
                    .setParameter("stages", part)
                    .getResultStream())
        .forEach(
            row ->
                studies
                    .computeIfAbsent((String) row[0], id -> new TreeSet<>())
                    .add((String) row[1]));
    return studies;
  }

  private List<String> runningThatWantOneOf(List<String> stageIds) {
    return entities
        .createQuery(
            "select distinct ss.studyId from StudyStageEntity ss, StudyEntity s"
                + " where s.id = ss.studyId and s.state = :running and ss.stageId in :stages",
            String.class)
        .setParameter("running", StudyState.RUNNING)
        .setParameter("stages", stageIds)
        .getResultList();
  }

  /** The study, or empty when there is none. */
  public Optional<WantedStudy> find(String studyId) {
    StudyEntity study = StudyEntity.findById(studyId);
    return study == null
        ? Optional.empty()
        : Optional.of(
            new WantedStudy(
                new StudyRecord(studyId, study.state, wanted(studyId)),
                study.recipes(),
                study.lineages()));
  }

  /** Many stages want the same, which is kept once. */
  private Map<String, WantedStage> wanted(String studyId) {
    Map<String, Set<WantedScore>> scores = new HashMap<>();
    Map<String, WantedStage> wanted = new HashMap<>();
    entities
        .createQuery(
            "select w.stageId, w.priority, w.evaluationsJson from StudyStageEntity w"
                + " where w.studyId = :study",
            Object[].class)
        .setParameter("study", studyId)
        .getResultList()
        .forEach(
            row ->
                wanted.put(
                    ((String) row[0]).intern(),
                    new WantedStage(
                        (int) row[1],
                        scores.computeIfAbsent(
                            (String) row[2],
                            json -> Set.copyOf(StudyStageEntity.evaluations(json))))));
    return wanted;
  }
}
