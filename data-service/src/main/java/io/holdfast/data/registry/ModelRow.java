package io.holdfast.data.registry;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code model}. */
@Entity
@Table(name = "model")
public class ModelRow extends PanacheEntityBase {

  @Id public String id;

  public String architecture;

  public String path;

  @Column(name = "registered_at")
  public Instant registeredAt;

  /** Inserts the model, or says of a known one where it was found last; pods may race. */
  static void upsert(RegisteredModel model, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            insert into model values (?1, ?2, ?3, ?4)
            on conflict (id) do update set path = excluded.path""")
        .setParameter(1, model.id())
        .setParameter(2, Json.write(model.architecture()))
        .setParameter(3, model.path())
        .setParameter(4, now)
        .executeUpdate();
  }

  RegisteredModel model() {
    return new RegisteredModel(id, Json.read(architecture, Architecture.class), path);
  }
}
