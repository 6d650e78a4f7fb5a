package io.holdfast.task.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges the head of an answer. */
final class Answer {

  private static final int MAX_REFUSAL_BYTES = 16 << 10;
  private static final int MAX_SAID_CHARACTERS = 300;
  private static final int TOO_MANY_REQUESTS = 429;

  private Answer() {}

  /** The body when the head is as it should be; otherwise the body is closed. */
  static Outcome<InputStream> checked(
      HttpResponse<InputStream> response, String resource, String type) {
    Outcome<InputStream> outcome = judge(response, resource, type);
    if (!(outcome instanceof Outcome.Success)) {
      close(response.body());
    }
    return outcome;
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException gone) {
      // Nothing is read from it.
    }
  }

  private static Outcome<InputStream> judge(
      HttpResponse<InputStream> response, String resource, String type) {
    int status = response.statusCode();
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      return Outcome.unreachable("%s: the service answers %d.".formatted(resource, status));
    }
    if (status >= 300 && status < 400) {
      return Outcome.violation(AnswerProblems.redirect(resource, status));
    }
    if (status != 200) {
      return Outcome.violation(AnswerProblems.status(resource, status, said(response.body())));
    }
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      return Outcome.violation(AnswerProblems.encoded(resource, printable(encoding)));
    }
    String found = response.headers().firstValue("Content-Type").orElse("");
    String essence = found.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type == null || essence.equals(type)
        ? Outcome.success(response.body())
        : Outcome.violation(AnswerProblems.contentType(resource, printable(found), type));
  }

  /** What a refusal says, if it can be read at once: a stranger's text, made short and harmless. */
  private static String said(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(Math.min(body.available(), MAX_REFUSAL_BYTES));
      String text = new String(bytes, StandardCharsets.UTF_8);
      List<String> messages = new ArrayList<>();
      for (JsonNode problem : Json.mapper().readTree(text).path("problems")) {
        messages.add(problem.path("message").asText());
      }
      return printable(String.join(" ", messages));
    } catch (IOException e) {
      return "";
    }
  }

  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= MAX_SAID_CHARACTERS
        ? clean
        : clean.substring(0, MAX_SAID_CHARACTERS) + "…";
  }
}
