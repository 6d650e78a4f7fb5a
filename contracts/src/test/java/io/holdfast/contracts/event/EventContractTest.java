package io.holdfast.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, JSON Schemas, frozen samples and {@link EventType} say the same. */
class EventContractTest {

  @Test
  void everyPermittedRecordIsAnEventType() {
    Set<Class<?>> permitted = new HashSet<>();
    Stream.concat(
            Arrays.stream(HoldfastEvent.class.getPermittedSubclasses()),
            Arrays.stream(StageEvent.class.getPermittedSubclasses()))
        .filter(Class::isRecord)
        .forEach(permitted::add);

    assertThat(Arrays.stream(EventType.values()).map(EventType::data))
        .containsExactlyInAnyOrderElementsOf(
            permitted.stream()
                .<Class<? extends HoldfastEvent>>map(type -> type.asSubclass(HoldfastEvent.class))
                .toList());
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void recordAndSchemaHaveTheSameFields(EventType type) {
    assertThat(RecordShape.differences(type.data(), schemaOf(type))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void sampleValidates(EventType type) {
    JsonNode sample = sample(type);

    assertThat(Schemas.violations("cloudevent.v1.schema.json", sample)).isEmpty();
    assertThat(Schemas.violations(schemaOf(type), sample.get("data"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void sampleIsReadAndWrittenUnchanged(EventType type) {
    CloudEvent event = CloudEvent.parse(sample(type).toString());

    assertThat(event.type()).isEqualTo(type);
    assertThat(event.data()).isInstanceOf(type.data());
    assertThat(Json.read(event.toJson(), JsonNode.class)).isEqualTo(sample(type));
  }

  /** Fields that came to version 1 later have samples of their own; the first ones stay frozen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stage-prepared.v1.methods",
        "stage-requested.v1.base",
        "stage-prepared.v1.probes",
        "stage-requested.v1.probes",
        "checkpoint-published.v1.mark",
        "checkpoint-published.v1.probes",
        "checkpoint-evaluated.v1.point",
        "evaluation-failed.v1.point",
        "stage-requested.v1.tasks",
        "stage-prepared.v1.tasks",
        "checkpoint-published.v1.tasks",
        "checkpoint-evaluated.v1.tasks",
        "evaluation-failed.v1.task",
        "stage-completed.v1.marks",
        "stage-completed.v1.attempt",
        "stage-cancelled.v1.discard",
        "stage-waiting.v1.resumed",
        "frontier-updated.v1.points"
      })
  void laterSampleIsReadAndWrittenUnchanged(String name) {
    JsonNode sample = Schemas.json("samples/" + name + ".json");
    CloudEvent event = CloudEvent.parse(sample.toString());

    assertThat(Schemas.violations("cloudevent.v1.schema.json", sample)).isEmpty();
    assertThat(Schemas.violations(schemaOf(event.type()), sample.get("data"))).isEmpty();
    assertThat(Json.read(event.toJson(), JsonNode.class)).isEqualTo(sample);
    JsonNode spec = sample.at("/data/spec");
    if (spec.isObject()) {
      assertThat(Json.read(spec.toString(), StageSpec.class).id())
          .isEqualTo(sample.at("/data/stage_id").textValue());
    }
  }

  @Test
  void anEventThatNamesNoPointIsAboutTheFinalCheckpoint() {
    CloudEvent event = CloudEvent.parse(sample(EventType.CHECKPOINT_EVALUATED).toString());

    assertThat(((CheckpointEvaluated) event.data()).point()).isEqualTo(EvaluationPoint.FINAL);
  }

  /** Taking it for the final checkpoint would give that one another's scores. */
  @Test
  void anEventAboutAnUnknownKindOfPointIsUnreadable() {
    ObjectNode newer = Schemas.json("samples/checkpoint-evaluated.v1.point.json").deepCopy();
    ((ObjectNode) newer.at("/data/point")).put("kind", "of_a_newer_version");

    assertThatThrownBy(() -> CloudEvent.parse(newer.toString()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("of_a_newer_version");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void unknownFieldsArePassedOver(EventType type) {
    ObjectNode newer = sample(type).deepCopy();
    addUnknownFields(newer);

    assertThat(CloudEvent.parse(newer.toString()))
        .isEqualTo(CloudEvent.parse(sample(type).toString()));
    assertThat(Schemas.violations(schemaOf(type), newer.get("data"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void schemaRequiresWhatTheSampleHas(EventType type) {
    JsonNode schema = Schemas.schema(schemaOf(type));

    for (JsonNode required : schema.get("required")) {
      ObjectNode data = sample(type).get("data").deepCopy();
      assertThat(data.remove(required.textValue())).as(required.textValue()).isNotNull();
      assertThat(Schemas.violations(schemaOf(type), data)).as(required.textValue()).isNotEmpty();
    }
  }

  /** A changed hash would orphan every checkpoint that is already trained. */
  @ParameterizedTest
  @EnumSource(names = {"STAGE_REQUESTED", "STAGE_PREPARED"})
  void stageIdOfTheSampleIsStillTheHashOfItsSpec(EventType type) {
    JsonNode data = sample(type).get("data");

    StageSpec spec = Json.read(data.get("spec").toString(), StageSpec.class);

    assertThat(spec.id()).isEqualTo(data.get("stage_id").textValue());
  }

  @Test
  void anotherVersionIsUnreadable() {
    ObjectNode newer = sample(EventType.STAGE_CANCELLED).deepCopy();
    newer.put("type", "io.holdfast.stage-cancelled.v2");

    assertThatThrownBy(() -> CloudEvent.parse(newer.toString()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("stage-cancelled.v2");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void eventWithoutItsKeyFieldsIsUnreadable(EventType type) {
    ObjectNode broken = sample(type).deepCopy();
    broken.remove("data");

    assertThatThrownBy(() -> CloudEvent.parse(broken.toString()))
        .isInstanceOf(UnreadableEventException.class);
  }

  private static void addUnknownFields(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.forEach(EventContractTest::addUnknownFields);
      // A map from corpus ids to counts has no fields that could be unknown.
      boolean isMap = object.properties().stream().anyMatch(e -> e.getKey().length() == 64);
      if (!isMap) {
        object.putObject("field_of_a_newer_version").put("nested", true);
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(EventContractTest::addUnknownFields);
    }
  }

  private static JsonNode sample(EventType type) {
    return Schemas.json("samples/%s.v%d.json".formatted(type.topic(), type.version()));
  }

  private static String schemaOf(EventType type) {
    return "%s.v%d.schema.json".formatted(type.topic(), type.version());
  }
}
