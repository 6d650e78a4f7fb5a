package io.holdfast.kit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.contracts.json.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST speaks the events' JSON dialect, with limits on what a request may make the parser do. */
public class JsonDialect {

  @Produces
  @Singleton
  ObjectMapper restMapper() {
    JsonFactory bounded =
        JsonFactory.builder().streamReadConstraints(Json.untrustedLimits()).build();
    return Json.configure(JsonMapper.builder(bounded)).build();
  }
}
