package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.contracts.task.TaskName;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** Work on a stage waits for a task. */
@Entity
@Table(name = "stage_wait")
@IdClass(StageWaitEntity.Key.class)
public class StageWaitEntity extends PanacheEntityBase {

  @Id
  @Column(name = "stage_id")
  public String stageId;

  @Id
  @Enumerated(EnumType.STRING)
  public WaitingWork work;

  /** {@code name@version}. */
  @Id public String task;

  public int attempt;
  public Instant since;
  public String reason;

  /** Takes a beginning or an end in; false when it says nothing new. */
  static boolean take(StageWaiting event) {
    Key key = new Key();
    key.stageId = event.stageId();
    key.work = event.work();
    key.task = event.task().toString();
    StageWaitEntity known = findById(key);
    if (event.ended()) {
      if (known != null) {
        known.delete();
      }
      return known != null;
    }
    StageWaitEntity wait = known == null ? new StageWaitEntity() : known;
    wait.stageId = key.stageId;
    wait.work = key.work;
    wait.task = key.task;
    wait.attempt = event.attempt();
    wait.since = event.since();
    wait.reason = event.reason();
    wait.persist();
    return true;
  }

  StageWaiting waiting() {
    return new StageWaiting(
        stageId, attempt, work, TaskName.parse(task).orElseThrow(), since, reason, null);
  }

  /** Primary key. */
  public static class Key implements Serializable {
    public String stageId;
    public WaitingWork work;
    public String task;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(stageId, key.stageId)
          && work == key.work
          && Objects.equals(task, key.task);
    }

    @Override
    public int hashCode() {
      return Objects.hash(stageId, work, task);
    }
  }
}
