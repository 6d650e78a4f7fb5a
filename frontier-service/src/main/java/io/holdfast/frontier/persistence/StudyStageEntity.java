package io.holdfast.frontier.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** A study wants a stage. */
@Entity
@Table(name = "study_stage")
@IdClass(StudyStageEntity.Key.class)
public class StudyStageEntity extends PanacheEntityBase {

  @Id
  @Column(name = "study_id")
  public String studyId;

  @Id
  @Column(name = "stage_id")
  public String stageId;

  public int ordinal;

  public int priority;

  @Column(name = "evaluations_json", nullable = false)
  public String evaluationsJson;

  List<WantedScore> evaluations() {
    return evaluations(evaluationsJson);
  }

  static List<WantedScore> evaluations(String json) {
    try {
      return Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored study is unreadable", e);
    }
  }

  /** Primary key. */
  public static class Key implements Serializable {
    public String studyId;
    public String stageId;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(studyId, key.studyId)
          && Objects.equals(stageId, key.stageId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(studyId, stageId);
    }
  }
}
