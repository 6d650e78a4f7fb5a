package io.holdfast.contracts.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what a task service sent: within limits of depth and size, and with the place of every
 * fault in {@link InvalidInputException}. The problems' paths are fields such as {@code
 * training[1].sha256}; {@link #placed} adds whose they are.
 */
public final class TaskJson {

  private static final ObjectMapper MAPPER =
      Json.configure(
              JsonMapper.builder(
                  JsonFactory.builder().streamReadConstraints(Json.untrustedLimits()).build()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private TaskJson() {}

  /** Reads {@code GET task}. */
  public static TaskDescription description(String json) {
    JsonNode tree = value(json, JsonNode.class);
    List<Problem> problems = new ArrayList<>();
    Map<String, Class<?>> lists = new LinkedHashMap<>();
    lists.put("training", TrainingSplit.class);
    lists.put("evaluation", EvaluationSplit.class);
    lists.put("metrics", TaskMetric.class);
    lists.forEach((field, type) -> checkEach(tree.path(field), field, type, problems));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return value(json, TaskDescription.class);
  }

  /** Reads a line of an evaluation split. */
  public static EvaluationRequest request(String line) {
    return value(line, EvaluationRequest.class);
  }

  /** Reads a line of a training split; one that has several forms says not what is learned. */
  public static TaskDocument document(String line) {
    JsonNode tree = value(line, JsonNode.class);
    boolean pair = tree.has("prompt") || tree.has("completion");
    if (Stream.of(tree.has("text"), pair, tree.has("messages")).filter(has -> has).count() != 1) {
      throw new InvalidInputException(List.of(JsonFaults.oneForm()));
    }
    Class<? extends TaskDocument> form =
        pair
            ? TaskDocument.Pair.class
            : tree.has("text") ? TaskDocument.Text.class : TaskDocument.Conversation.class;
    return value(line, form);
  }

  /** Reads the answer to {@code POST score}. */
  public static ScoreResponse scores(String json) {
    return value(json, ScoreResponse.class);
  }

  /** The problems, with the stream and the line that they were found in. */
  public static List<Problem> placed(List<Problem> problems, String stream, Integer line) {
    return problems.stream()
        .map(
            each ->
                new Problem(
                    each.code(),
                    each.path(),
                    line,
                    each.value(),
                    each.message(),
                    each.remedy(),
                    stream))
        .toList();
  }

  /** Jackson gives up at the first fault; elements of a list are therefore read one by one. */
  private static void checkEach(
      JsonNode list, String field, Class<?> type, List<Problem> problems) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == null) {
        return; // an object where a list should be: reading the whole says so
      }
      try {
        if (MAPPER.treeToValue(list.get(i), type) == null) {
          problems.add(JsonFaults.isNull(field + "[" + i + "]"));
        }
      } catch (JsonProcessingException e) {
        problems.addAll(JsonFaults.of(e, field + "[" + i + "]"));
      }
    }
  }

  private static <T> T value(String json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new InvalidInputException(List.of(JsonFaults.isNull("$")));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(JsonFaults.of(e, ""));
    }
  }
}
