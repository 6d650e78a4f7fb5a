package io.holdfast.frontier.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.study.Lineage;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;

/** A submitted study. Its texts are large, so a change writes only what changed. */
@Entity
@DynamicUpdate
@Table(name = "study")
public class StudyEntity extends PanacheEntityBase {

  @Id public String id;

  @Column(nullable = false)
  public String name;

  public String question;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  public StudyState state;

  @Column(nullable = false)
  public String source;

  @Column(name = "recipes_json", nullable = false)
  public String recipesJson;

  @Column(name = "corpora_json", nullable = false)
  public String corporaJson;

  @Column(name = "lineages_json", nullable = false)
  public String lineagesJson;

  @Column(name = "plan_json", nullable = false)
  public String planJson;

  public long revision;

  @Column(name = "submitted_at", nullable = false)
  public Instant submittedAt;

  @Column(name = "finished_at")
  public Instant finishedAt;

  /** Number of the last change that the ledger knows of; the database gives it. */
  @Column(insertable = false, updatable = false)
  public long changed;

  /** Another revision of a study, whose texts are too large to be read for that. */
  public static long raiseRevision(String studyId) {
    return ((Number)
            getEntityManager()
                .createNativeQuery(
                    "update study set revision = revision + 1 where id = :id returning revision")
                .setParameter("id", studyId)
                .getSingleResult())
        .longValue();
  }

  List<String> recipes() {
    return read(recipesJson, new TypeReference<>() {});
  }

  List<CorpusSnapshot> corpora() {
    return read(corporaJson, new TypeReference<>() {});
  }

  List<Lineage> lineages() {
    return read(lineagesJson, new TypeReference<>() {});
  }

  StudyPlan plan() {
    return read(planJson, new TypeReference<>() {});
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored study is unreadable", e);
    }
  }
}
