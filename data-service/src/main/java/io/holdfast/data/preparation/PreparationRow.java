package io.holdfast.data.preparation;

import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** Table {@code preparation}. */
@Entity
@Table(name = "preparation")
public class PreparationRow extends PanacheEntityBase {

  @Id
  @Column(name = "stage_id")
  public String stageId;

  @Enumerated(EnumType.STRING)
  public Preparation.State state;

  public int attempt;

  @Column(name = "cancelled_attempt")
  public int cancelledAttempt;

  public long revision;
  public String request;
  public String failure;

  @Column(name = "updated_at")
  public Instant updatedAt;

  /** The stage's preparation, locked until the transaction ends. */
  static Optional<Preparation> lock(String stageId) {
    return Optional.ofNullable(
            PreparationRow.<PreparationRow>findById(stageId, LockModeType.PESSIMISTIC_WRITE))
        .map(PreparationRow::preparation);
  }

  static Optional<Preparation> find(String stageId) {
    return PreparationRow.<PreparationRow>findByIdOptional(stageId)
        .map(PreparationRow::preparation);
  }

  /** Stores what {@link #lock} found, changed; or a new preparation, where two pods may race. */
  static void store(Preparation preparation, Instant now) {
    PreparationRow row = findById(preparation.stageId());
    if (row == null) {
      row = new PreparationRow();
      row.stageId = preparation.stageId();
    }
    row.state = preparation.state();
    row.attempt = preparation.attempt();
    row.cancelledAttempt = preparation.cancelledAttempt();
    row.revision = preparation.revision();
    row.request = preparation.request() == null ? null : Json.write(preparation.request());
    row.failure = preparation.failure() == null ? null : Json.write(preparation.failure());
    row.updatedAt = now;
    row.persist();
  }

  private Preparation preparation() {
    return new Preparation(
        stageId,
        state,
        attempt,
        cancelledAttempt,
        revision,
        request == null ? null : Json.read(request, StageRequested.class),
        failure == null ? null : Json.read(failure, StageFailed.class));
  }
}
