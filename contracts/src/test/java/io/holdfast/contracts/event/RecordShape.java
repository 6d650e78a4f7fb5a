package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.TaskName;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares a record with the JSON Schema that describes it: the same fields, of the same types, the
 * primitive ones required; recursively.
 */
public final class RecordShape {

  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  private final List<String> differences = new ArrayList<>();

  private RecordShape() {}

  /** What differs; empty when the two agree. */
  public static List<String> differences(Class<?> type, String schemaFile) {
    RecordShape shape = new RecordShape();
    shape.compareValue(
        Json.mapper().constructType(type),
        Schemas.schema(schemaFile),
        schemaFile,
        type.getSimpleName());
    return shape.differences;
  }

  private void compare(Class<?> type, JsonNode schema, String file, String place) {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    Set<String> described = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(described::add);
    Set<String> declared = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SNAKE_CASE.translate(component.getName());
      declared.add(name);
      if (component.getType().isPrimitive() && !required.contains(name)) {
        differences.add(place + "." + name + " is primitive but not required");
      }
      if (described.contains(name)) {
        JavaType value = Json.mapper().constructType(component.getGenericType());
        compareValue(value, schema.get("properties").get(name), file, place + "." + name);
      }
    }
    if (!declared.equals(described)) {
      differences.add("%s: the record has %s, the schema %s".formatted(place, declared, described));
    }
  }

  private void compareValue(JavaType type, JsonNode schema, String file, String place) {
    if (schema.has("$ref")) {
      String[] reference = schema.get("$ref").textValue().split("#/\\$defs/");
      String target = reference[0].isEmpty() ? file : reference[0];
      JsonNode definition = Schemas.schema(target).path("$defs").path(reference[1]);
      compareValue(type, definition, target, place);
    } else if (type.isEnumType()) {
      Set<String> words = new TreeSet<>();
      schema.path("enum").forEach(word -> words.add(word.textValue()));
      Set<String> constants = new TreeSet<>();
      Stream.of(type.getRawClass().getEnumConstants())
          .forEach(c -> constants.add(Json.mapper().convertValue(c, String.class)));
      if (!words.equals(constants)) {
        differences.add("%s: the enum has %s, the schema %s".formatted(place, constants, words));
      }
    } else {
      String expected = jsonType(type);
      if (type.getRawClass().isSealed()) {
        compareKinds(type.getRawClass(), schema, file, place);
      }
      if (!expected.equals(schema.path("type").textValue())) {
        differences.add("%s: %s expected, the schema has %s".formatted(place, expected, schema));
      } else if (type.isCollectionLikeType()) {
        compareValue(type.getContentType(), schema.get("items"), file, place + "[]");
      } else if (type.isMapLikeType()) {
        compareValue(type.getContentType(), schema.get("additionalProperties"), file, place + "{}");
      } else if (expected.equals("object") && type.getRawClass().isRecord()) {
        compare(type.getRawClass(), schema, file, place);
      }
    }
  }

  /**
   * A closed set of records: each is one of the schema's alternatives, told by its kind, or by its
   * fields and then called as in Java.
   */
  private void compareKinds(Class<?> type, JsonNode schema, String file, String place) {
    Map<String, Class<?>> records = new TreeMap<>();
    for (JsonSubTypes.Type each : subTypes(type)) {
      if (type.isAssignableFrom(each.value())) {
        boolean deduced = each.name().isEmpty();
        String name = SNAKE_CASE.translate(each.value().getSimpleName());
        records.put(deduced ? name : each.name(), each.value());
      }
    }
    Set<String> described = new TreeSet<>();
    for (JsonNode alternative : schema.path("oneOf")) {
      String[] reference = alternative.get("$ref").textValue().split("#/\\$defs/");
      String target = reference[0].isEmpty() ? file : reference[0];
      ObjectNode definition = Schemas.schema(target).path("$defs").path(reference[1]).deepCopy();
      ObjectNode properties = (ObjectNode) definition.get("properties");
      JsonNode constant = properties.remove("kind");
      String kind = constant == null ? reference[1] : constant.get("const").textValue();
      described.add(kind);
      if (records.containsKey(kind)) {
        compare(records.get(kind), definition, target, place + "<" + kind + ">");
      }
    }
    if (!records.keySet().equals(described)) {
      differences.add(
          "%s: the set has %s, the schema %s".formatted(place, records.keySet(), described));
    }
  }

  private static JsonSubTypes.Type[] subTypes(Class<?> type) {
    return Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
        .map(each -> each.getAnnotation(JsonSubTypes.class))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(Instant.class, "string"),
          Map.entry(TaskName.class, "string"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"));

  private static String jsonType(JavaType type) {
    if (type.isCollectionLikeType()) {
      return "array";
    }
    return SCALARS.getOrDefault(type.getRawClass(), "object");
  }
}
