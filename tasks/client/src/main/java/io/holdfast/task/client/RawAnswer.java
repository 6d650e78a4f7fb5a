package io.holdfast.task.client;

import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * An answer as it came.
 *
 * @param status HTTP status
 * @param type media type without parameters; empty: none
 * @param body whole
 */
public record RawAnswer(int status, String type, String body) {

  static RawAnswer of(HttpResponse<?> response, String body) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new RawAnswer(
        response.statusCode(), type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), body);
  }
}
