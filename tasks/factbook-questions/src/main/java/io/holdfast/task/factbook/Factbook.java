package io.holdfast.task.factbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The questions whose answers are short enough that equality means something. */
final class Factbook {

  static final int MAX_ANSWER_CHARACTERS = 40;

  private Factbook() {}

  /** In the order of a hash, so that the first n are a sample of all countries. */
  static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    Map<String, Integer> ofCountry = new HashMap<>();
    try (InputStream resource = Factbook.class.getResourceAsStream("/factbook.jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode record = Json.read(line, JsonNode.class);
        String country = record.get("group").textValue();
        String answer = record.get("completion").textValue().strip();
        int number = ofCountry.merge(country, 1, Integer::sum);
        if (answer.length() <= MAX_ANSWER_CHARACTERS && answer.indexOf('\n') < 0) {
          String prompt = record.get("prompt").textValue();
          questions.add(new Question(country + "-" + number, country, prompt, answer));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the factbook ships with this service", e);
    }
    questions.sort(Comparator.comparing(question -> Json.sha256(question.id())));
    return questions;
  }

  /** Countries that are only ever asked about: a tenth, 26 of 256, by the last byte of a hash. */
  static boolean isHeldOut(String country) {
    String hash = Json.sha256(country);
    return Integer.parseInt(hash.substring(hash.length() - 2), 16) < 26;
  }
}
