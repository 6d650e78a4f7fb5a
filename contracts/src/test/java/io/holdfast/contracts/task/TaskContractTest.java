package io.holdfast.contracts.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.event.RecordShape;
import io.holdfast.contracts.event.Schemas;
import io.holdfast.contracts.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records, JSON Schemas and frozen samples of the task protocol say the same. */
class TaskContractTest {

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of("task-description", "", TaskDescription.class),
        Arguments.of("evaluation-request", ".loglikelihood", EvaluationRequest.class),
        Arguments.of("evaluation-request", ".multiple_choice", EvaluationRequest.class),
        Arguments.of("evaluation-request", ".loglikelihood_rolling", EvaluationRequest.class),
        Arguments.of("evaluation-request", ".generate_until", EvaluationRequest.class),
        Arguments.of("task-document", ".text", TaskDocument.class),
        Arguments.of("task-document", ".pair", TaskDocument.class),
        Arguments.of("task-document", ".conversation", TaskDocument.class),
        Arguments.of("score-request", "", ScoreRequest.class),
        Arguments.of("score-response", "", ScoreResponse.class));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void recordAndSchemaHaveTheSameFields(String schema, String form, Class<?> type) {
    assertThat(RecordShape.differences(type, schema + ".v1.schema.json")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleValidates(String schema, String form, Class<?> type) {
    assertThat(Schemas.violations(schema + ".v1.schema.json", sample(schema + form))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsReadAndWrittenUnchanged(String schema, String form, Class<?> type) {
    JsonNode sample = sample(schema + form);

    Object value = Json.read(sample.toString(), type);

    assertThat(Json.read(Json.write(value), JsonNode.class)).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void unknownFieldsArePassedOver(String schema, String form, Class<?> type) {
    ObjectNode newer = sample(schema + form).deepCopy();
    newer.putObject("field_of_a_newer_version").put("nested", true);

    assertThat(Json.read(newer.toString(), type))
        .isEqualTo(Json.read(sample(schema + form).toString(), type));
    assertThat(Schemas.violations(schema + ".v1.schema.json", newer)).isEmpty();
  }

  /** Announcements and results name a description by this hash. */
  @Test
  void hashOfADescriptionCountsItsContentAlone() {
    ObjectNode sample = sample("task-description").deepCopy();
    String hash = TaskJson.description(sample.toString()).sha256();

    assertThat(TaskJson.description(sample.put("unknown", 1).toPrettyString()).sha256())
        .isEqualTo(hash)
        .isEqualTo("9a6d0eca4a375b5cf2772fb68c3de8d188ffa1d44af37a94a43fd52cf66e7124");
    assertThat(TaskJson.description(sample.put("licence", "MIT").toString()).sha256())
        .isNotEqualTo(hash);
  }

  static JsonNode sample(String name) {
    return Schemas.json("samples/task/" + name + ".v1.json");
  }
}
