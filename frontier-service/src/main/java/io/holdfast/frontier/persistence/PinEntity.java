package io.holdfast.frontier.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A study or a stage whose checkpoints stay. */
@Entity
@Table(name = "pin")
public class PinEntity extends PanacheEntityBase {

  /** Of the study or the stage. */
  @Id public String id;

  @Column(name = "pinned_at", nullable = false)
  public Instant pinnedAt;
}
