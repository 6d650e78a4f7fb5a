package io.holdfast.frontier.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row that every writing transaction locks first. */
@Entity
@Table(name = "live_counter")
public class LiveCounterEntity extends PanacheEntityBase {

  @Id public boolean one;

  @Column(name = "last_id")
  public long lastId;
}
