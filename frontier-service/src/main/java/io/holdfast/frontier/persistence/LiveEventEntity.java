package io.holdfast.frontier.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An event for subscribers. */
@Entity
@Table(name = "live_event")
public class LiveEventEntity extends PanacheEntityBase {

  @Id public long id;

  @Column(name = "study_id", nullable = false)
  public String studyId;

  @Column(nullable = false)
  public String type;

  /** JSON. */
  @Column(nullable = false)
  public String data;
}
