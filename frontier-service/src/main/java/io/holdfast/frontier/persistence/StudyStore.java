package io.holdfast.frontier.persistence;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.study.StageNode;
import io.holdfast.frontier.submission.CheckedStudy;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Inserts studies and finds them. All calls need a transaction. */
@ApplicationScoped
public class StudyStore {

  /** Trained stages of other studies that a new one's are compared with, to say what differs. */
  private static final int COMPARED = 500;

  /** Whether there is such a study. */
  public boolean exists(String id) {
    return StudyEntity.findById(id) != null;
  }

  /** Ids of all studies, newest first. */
  public List<String> newestFirst() {
    return StudyEntity.<StudyEntity>listAll(Sort.descending("submittedAt").and("id")).stream()
        .map(study -> study.id)
        .toList();
  }

  /**
   * Takes over the latest text of a study that exists: what it asks and claims, and its comments,
   * are not part of what it trains, and so not of its id.
   */
  public void reword(CheckedStudy study) {
    StudyEntity entity = StudyEntity.findById(study.id());
    entity.source = study.source();
    entity.question = study.file().question();
  }

  /** Stores a study that does not exist yet, and those of its stages that do not. */
  public void insert(CheckedStudy study, Instant now) {
    // A hash of all that the study wants, which takes as long as the study is large.
    String id = study.id();
    StudyEntity entity = new StudyEntity();
    entity.id = id;
    entity.name = study.file().name();
    entity.question = study.file().question();
    entity.state = StudyState.RUNNING;
    entity.source = study.source();
    entity.recipesJson = Json.write(study.recipes());
    entity.corporaJson = Json.write(study.corpora());
    entity.lineagesJson = Json.write(study.tree().lineages());
    entity.planJson = Json.write(study.plan());
    entity.submittedAt = now;
    entity.persist();
    insertStages(study);
    int ordinal = 0;
    for (StageNode node : study.tree().stages().values()) {
      StudyStageEntity row = new StudyStageEntity();
      row.studyId = id;
      row.stageId = node.id();
      row.ordinal = ordinal++;
      row.priority = node.priority();
      row.evaluationsJson = Json.write(study.wanted(node));
      row.persist();
    }
  }

  private static void insertStages(CheckedStudy study) {
    Set<String> known = new HashSet<>();
    Parts.of(study.tree().stages().keySet())
        .flatMap(part -> StageEntity.<StageEntity>list("id in ?1", part).stream())
        .forEach(stage -> known.add(stage.id));
    for (StageNode node : study.tree().stages().values()) {
      if (known.add(node.id())) {
        StageEntity stage = new StageEntity();
        stage.id = node.id();
        stage.kind = node.spec().kind();
        stage.parent = node.parent();
        stage.specJson = Json.write(node.spec());
        stage.state = "WAITING";
        stage.persist();
      }
    }
  }

  /** Those of the stages that are trained, and the latest trained ones of any study. */
  public Map<String, StageSpec> trained(Set<String> stageIds) {
    Map<String, StageSpec> trained = new HashMap<>();
    List<StageEntity> wanted =
        Parts.of(stageIds)
            .flatMap(
                part ->
                    StageEntity.<StageEntity>list("id in ?1 and state = 'TRAINED'", part).stream())
            .toList();
    List<StageEntity> latest =
        StageEntity.<StageEntity>find("state = 'TRAINED'", Sort.descending("finishedAt"))
            .page(0, COMPARED)
            .list();
    Stream.of(wanted, latest)
        .flatMap(List::stream)
        .forEach(stage -> trained.put(stage.id, Json.read(stage.specJson, StageSpec.class)));
    return trained;
  }

  /**
   * Floating-point operations per second of one trainer, from the last trained stages; null before
   * the first.
   */
  public Double measuredFlopsPerSecond() {
    double flops = 0;
    double seconds = 0;
    List<StageEntity> last =
        StageEntity.<StageEntity>find("state = 'TRAINED'", Sort.descending("finishedAt"))
            .page(0, 32)
            .list();
    for (StageEntity stage : last) {
      flops += stage.completion().flops();
      seconds += stage.completion().trainingSeconds();
    }
    return seconds > 0 ? flops / seconds : null;
  }
}
