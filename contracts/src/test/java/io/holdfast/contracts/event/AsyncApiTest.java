package io.holdfast.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** asyncapi.yaml lists exactly the events there are, each with its schema. */
class AsyncApiTest {

  private static final JsonNode API = read();

  @Test
  void channelsAreTheTopics() {
    List<String> addresses = new ArrayList<>();
    API.get("channels").forEach(channel -> addresses.add(channel.get("address").textValue()));

    assertThat(addresses).containsExactlyInAnyOrderElementsOf(EventType.topics());
  }

  @Test
  void messagesAreTheEventTypes() {
    List<String> names = new ArrayList<>();
    API.at("/components/messages").forEach(message -> names.add(message.get("name").textValue()));

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values()).map(EventType::type).toList());
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void channelLeadsToTheSchemaOfItsEvent(EventType type) {
    JsonNode messages = API.at("/channels/" + type.topic() + "/messages");
    assertThat(messages).hasSize(1);

    JsonNode message = resolve(messages.iterator().next().get("$ref").textValue());
    JsonNode parts = message.at("/payload/schema/allOf");

    assertThat(message.get("name").textValue()).isEqualTo(type.type());
    assertThat(parts.get(0).get("$ref").textValue()).isEqualTo("schemas/cloudevent.v1.schema.json");
    assertThat(parts.get(1).at("/properties/type/const").textValue()).isEqualTo(type.type());
    assertThat(parts.get(1).at("/properties/data/$ref").textValue())
        .isEqualTo("schemas/%s.v%d.schema.json".formatted(type.topic(), type.version()));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<JsonNode> references = API.findValues("$ref");

    assertThat(references).isNotEmpty();
    for (JsonNode reference : references) {
      String target = reference.textValue();
      JsonNode found = target.startsWith("#") ? resolve(target) : Schemas.json(target);
      assertThat(found.isObject()).as(target).isTrue();
    }
  }

  @Test
  void everyTopicHasASender() {
    List<String> sent = new ArrayList<>();
    for (JsonNode operation : API.get("operations")) {
      if (operation.get("action").textValue().equals("send")) {
        sent.add(resolve(operation.at("/channel/$ref").textValue()).get("address").textValue());
      }
    }

    assertThat(sent).containsAll(EventType.topics());
  }

  private static JsonNode resolve(String reference) {
    return API.at(reference.substring(1));
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Schemas.text("asyncapi.yaml"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
