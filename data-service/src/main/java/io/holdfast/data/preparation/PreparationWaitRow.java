package io.holdfast.data.preparation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code preparation_wait}. */
@Entity
@Table(name = "preparation_wait")
public class PreparationWaitRow extends PanacheEntityBase {

  @Id
  @Column(name = "stage_id")
  public String stageId;

  public int attempt;

  /** {@code name@version}. */
  public String task;

  public Instant since;
  public String reason;
}
