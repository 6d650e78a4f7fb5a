package io.holdfast.frontier.persistence;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.collection.Shelved;
import io.holdfast.frontier.lifecycle.Weights;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which stages have left checkpoints, and keeps pins. All calls need a transaction. */
@ApplicationScoped
public class CollectionStore {

  /** Weights are published in fp32. */
  private static final long BYTES_PER_PARAMETER = 4;

  private final LedgerStore ledgers;
  private final EntityManager entities;

  @Inject
  CollectionStore(LedgerStore ledgers, EntityManager entities) {
    this.ledgers = ledgers;
    this.entities = entities;
  }

  /** Stages that have left something in the artifact store, or may have. */
  public List<Shelved> shelved() {
    Map<String, Long> parameters = new HashMap<>();
    return entities
        .createNativeQuery(
            """
            select id, kind, state, finished_at,
              cast(cast(spec_json as json) -> 'architecture' as text),
              case when state = 'TRAINED' and completion_json is not null then
                1 + coalesce(json_array_length(cast(completion_json as json) -> 'marks'), 0)
                else 0 end
            from stage
            where weights = 'STORED' and state in ('TRAINED', 'FAILED', 'CANCELLED')
              and finished_at is not null
            """,
            Object[].class)
        .getResultList()
        .stream()
        .map(
            row -> {
              Object[] stage = (Object[]) row;
              long each =
                  parameters.computeIfAbsent((String) stage[4], CollectionStore::parameters);
              return new Shelved(
                  (String) stage[0],
                  StageKind.valueOf((String) stage[1]),
                  (String) stage[2],
                  ((Number) stage[5]).longValue() * BYTES_PER_PARAMETER * each,
                  (Instant) stage[3]);
            })
        .toList();
  }

  /** Many stages train the same model. */
  private static long parameters(String architecture) {
    return Json.read(architecture, Architecture.class).parameters();
  }

  /** Notes what was let go, so that it is not let go again. */
  public void collected(Set<String> stageIds) {
    Parts.of(stageIds)
        .forEach(
            part ->
                StageEntity.update("weights = ?1 where id in ?2", Weights.COLLECTED.name(), part));
  }

  /** Ids of what is pinned. */
  public Set<String> pins() {
    return PinEntity.<PinEntity>listAll().stream()
        .map(pin -> pin.id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Pins a study or a stage; false when there is none of that id. */
  public boolean pin(String id, Instant now) {
    // Not while it is decided what goes.
    ledgers.lock();
    if (StudyEntity.findById(id) == null && StageEntity.findById(id) == null) {
      return false;
    }
    if (PinEntity.findById(id) == null) {
      PinEntity pin = new PinEntity();
      pin.id = id;
      pin.pinnedAt = now;
      pin.persist();
    }
    return true;
  }

  /** Takes a pin away; false when there was none. */
  public boolean unpin(String id) {
    return PinEntity.deleteById(id);
  }
}
