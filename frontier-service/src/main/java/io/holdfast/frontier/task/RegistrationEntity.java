package io.holdfast.frontier.task;

import io.holdfast.contracts.task.TaskName;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;

/** A task that is announced from here. */
@Entity
@Table(name = "task_registration")
public class RegistrationEntity extends PanacheEntityBase {

  /** {@code name@version}. */
  @Id public String task;

  public String url;

  @Column(name = "registered_at")
  public Instant registeredAt;

  @Column(name = "away_since")
  public Instant awaySince;

  @Column(name = "away_reason")
  public String awayReason;

  /** Locked until the transaction ends; null when it is not registered here. */
  static RegistrationEntity lock(TaskName name) {
    return findById(name.toString(), LockModeType.PESSIMISTIC_WRITE);
  }

  /** It answered. */
  void answered() {
    awaySince = null;
    awayReason = null;
  }

  /** It did not answer as it should. */
  void away(Instant now, String reason) {
    awaySince = awaySince == null ? now : awaySince;
    awayReason = reason;
  }
}
