package io.holdfast.eval.persistence;

import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A checkpoint whose scores somebody waits for. */
@Entity
@Table(name = "evaluation_request")
class RequestRow {

  @Id Long id;

  String work;

  /** {@link CheckpointPublished} as JSON. */
  String published;

  /** Why it cannot be answered, or null. */
  String problem;

  CheckpointPublished checkpoint() {
    return Json.read(published, CheckpointPublished.class);
  }
}
