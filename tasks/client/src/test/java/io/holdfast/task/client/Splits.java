package io.holdfast.task.client;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TrainingSplit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Splits with their right descriptions. */
final class Splits {

  private Splits() {}

  static List<String> documents(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{\"text\": \"Document " + i + ".\"}").toList();
  }

  static List<String> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> "{\"kind\":\"loglikelihood_rolling\",\"id\":\"%d\",\"text\":\"ä\"}".formatted(i))
        .toList();
  }

  static String text(List<String> lines, int offset) {
    return lines.stream().skip(offset).map(line -> line + "\n").collect(Collectors.joining());
  }

  static TrainingSplit training(List<String> lines) {
    String text = text(lines, 0);
    return new TrainingSplit("train", lines.size(), bytes(text), Json.sha256(text));
  }

  static EvaluationSplit evaluation(List<String> lines) {
    String text = text(lines, 0);
    return new EvaluationSplit("test", lines.size(), bytes(text), Json.sha256(text));
  }

  static int offset(String target) {
    return Integer.parseInt(target.substring(target.indexOf("offset=") + 7));
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
