package io.holdfast.contracts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * A CloudEvents 1.0 envelope in structured JSON.
 *
 * @param id unique within {@code source}; a redelivered event keeps it
 * @param source who says so, such as {@code /holdfast/trainer-service}
 * @param time when it happened
 * @param data the event
 */
public record CloudEvent(String id, String source, Instant time, HoldfastEvent data) {

  /** Value of the Kafka header {@code content-type}. */
  public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  public CloudEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(data, "data");
  }

  /** A new event with a random id. */
  public static CloudEvent of(String source, Instant time, HoldfastEvent data) {
    return new CloudEvent(UUID.randomUUID().toString(), source, time, data);
  }

  public EventType type() {
    return EventType.of(data);
  }

  /** Structured JSON. */
  public String toJson() {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("specversion", "1.0");
    node.put("id", id);
    node.put("source", source);
    node.put("type", type().type());
    node.put("subject", data.key());
    node.put("time", time.toString());
    node.put("datacontenttype", "application/json");
    node.set("data", Json.mapper().valueToTree(data));
    return Json.write(node);
  }

  /**
   * Reads structured JSON; unknown fields are passed over.
   *
   * @throws UnreadableEventException when it is no CloudEvent of a known type and version
   */
  public static CloudEvent parse(String json) {
    if (json == null) {
      throw new UnreadableEventException("the record has no value", null);
    }
    try {
      JsonNode node = Json.mapper().readTree(json);
      if (!node.isObject()) {
        throw new UnreadableEventException("the record is not a JSON object", null);
      }
      String type = text(node, "type");
      EventType known =
          Arrays.stream(EventType.values())
              .filter(candidate -> candidate.type().equals(type))
              .findFirst()
              .orElseThrow(() -> new UnreadableEventException("unknown event type " + type, null));
      return new CloudEvent(
          text(node, "id"),
          text(node, "source"),
          Instant.parse(text(node, "time")),
          Json.mapper().treeToValue(node.required("data"), known.data()));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      throw new UnreadableEventException("not a CloudEvent of Holdfast: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual()) {
      throw new UnreadableEventException("the CloudEvent has no text field " + name, null);
    }
    return value.textValue();
  }
}
