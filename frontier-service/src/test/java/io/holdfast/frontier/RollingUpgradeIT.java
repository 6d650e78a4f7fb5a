package io.holdfast.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.event.EventType;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * While services are upgraded pod by pod, events of two versions are under way at once: older ones
 * say only what the first version of their schema requires, newer ones say more than this service
 * knows.
 */
@QuarkusTest
class RollingUpgradeIT extends StudyFixture {

  private static final Set<String> KEYED_BY_DATA = Set.of("tokens_by_corpus");

  @Test
  void studyOfEventsOfTwoVersionsLosesNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String id = submit(study("rolling", "71"));
    Set<String> stages = stages(id);
    Set<String> answered = new HashSet<>();
    await()
        .until(
            () -> {
              for (StageRequested request : others.open(stages)) {
                if (answered.add(request.stageId())) {
                  answer(request, random);
                }
              }
              return study(id).getString("state").equals("COMPLETED");
            });
    JsonPath study = study(id);
    assertThat(study.getInt("progress.trained")).as("seed %d", seed).isEqualTo(stages.size());
    assertThat(study.getInt("progress.evaluated")).isEqualTo(3 * stages.size());
  }

  /** Each event by a pod of one version or of the other, or by both, one after the other. */
  private void answer(StageRequested request, Random random) {
    record Said(String topic, String json) {}
    List<Said> records = new ArrayList<>();
    for (HoldfastEvent event : OtherServices.fulfil(request)) {
      String topic = EventType.of(event).topic();
      boolean older = random.nextBoolean();
      if (older) {
        records.add(new Said(topic, older(event).toString()));
      }
      if (!older || random.nextBoolean()) {
        records.add(new Said(topic, newer(json(event)).toString()));
      }
    }
    Collections.shuffle(records, random);
    records.forEach(said -> others.say(said.topic(), request.stageId(), said.json()));
  }

  /** Without what the schema does not require. */
  private static ObjectNode older(HoldfastEvent event) {
    Set<String> required = new HashSet<>();
    schema(EventType.of(event)).get("required").forEach(name -> required.add(name.textValue()));
    ObjectNode older = json(event);
    ((ObjectNode) older.get("data")).retain(required);
    return older;
  }

  /** With fields, at all depths, that nobody knows yet. */
  private static JsonNode newer(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (!KEYED_BY_DATA.contains(field.getKey())) {
                  newer(field.getValue());
                }
              });
      object.putObject("of_the_next_version").put("nested", true);
    } else if (node instanceof ArrayNode array) {
      array.forEach(RollingUpgradeIT::newer);
    }
    return node;
  }

  private static ObjectNode json(HoldfastEvent event) {
    return Json.read(OtherServices.envelope(event).toJson(), ObjectNode.class);
  }

  private static JsonNode schema(EventType type) {
    String name = "/schemas/%s.v%d.schema.json".formatted(type.topic(), type.version());
    try (InputStream schema = EventType.class.getResourceAsStream(name)) {
      return Json.mapper().readTree(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
