package io.holdfast.data.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code model_source}. */
@Entity
@Table(name = "model_source")
public class ModelSourceRow extends PanacheEntityBase {

  /** See {@link io.holdfast.data.model.ModelFolder#state}. */
  @Id public String state;

  @Column(name = "model_id")
  public String modelId;

  @Column(name = "read_at")
  public Instant readAt;

  static void upsert(String state, String modelId, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            insert into model_source values (?1, ?2, ?3)
            on conflict (state) do update set model_id = excluded.model_id""")
        .setParameter(1, state)
        .setParameter(2, modelId)
        .setParameter(3, now)
        .executeUpdate();
  }
}
