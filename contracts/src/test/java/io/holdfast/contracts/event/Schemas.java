package io.holdfast.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The shipped JSON Schemas and samples, read from the class path as a consumer would. */
public final class Schemas {

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private Schemas() {}

  public static List<String> violations(String schema, JsonNode value) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    JsonSchema compiled =
        FACTORY.getSchema(SchemaLocation.of("classpath:schemas/" + schema), config);
    return compiled.validate(value).stream().map(ValidationMessage::toString).sorted().toList();
  }

  /** What a value violates of a schema that no file has. */
  public static List<String> violations(JsonNode schema, JsonNode value) {
    return FACTORY.getSchema(schema).validate(value).stream()
        .map(ValidationMessage::toString)
        .sorted()
        .toList();
  }

  public static JsonNode schema(String name) {
    return json("schemas/" + name);
  }

  public static JsonNode json(String resource) {
    return Json.read(text(resource), JsonNode.class);
  }

  public static String text(String resource) {
    try (InputStream stream = Schemas.class.getResourceAsStream("/" + resource)) {
      if (stream == null) {
        throw new AssertionError("there is no " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
