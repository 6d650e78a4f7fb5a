package io.holdfast.contracts.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Says what Jackson found in the words of the protocol. */
final class JsonFaults {

  private JsonFaults() {}

  /**
   * The problems behind an exception.
   *
   * @param root path of what was read; empty: a whole line or body
   */
  static List<Problem> of(JsonProcessingException e, String root) {
    if (e instanceof StreamConstraintsException) {
      return List.of(
          Problem.at(
              "$",
              "task-too-large",
              null,
              "This is nested too deeply or too long: " + firstLine(e) + ".",
              "Nest at most 64 deep, with texts up to 1 MiB."));
    }
    if (!(e instanceof JsonMappingException mapping)) {
      return List.of(broken(e));
    }
    String path = path(root, mapping);
    if (mapping.getCause() instanceof InvalidInputException invalid) {
      return invalid.problems().stream().map(problem -> below(path, problem)).toList();
    }
    if (mapping.getCause() instanceof JsonProcessingException cause && cause != e) {
      return of(cause, root);
    }
    return List.of(
        mapping instanceof InvalidTypeIdException type
            ? unknownKind(path, type)
            : wrongType(path, mapping));
  }

  static Problem isNull(String path) {
    return Problem.at(path, "task-missing", null, "This is null.", "Give a value.");
  }

  static Problem oneForm() {
    return Problem.at(
        "$",
        "task-unknown-form",
        null,
        "A document is in exactly one form.",
        "Give text, or prompt and completion, or messages.");
  }

  private static Problem broken(JsonProcessingException e) {
    String column = e.getLocation() == null ? "$" : "column " + e.getLocation().getColumnNr();
    return Problem.at(
        column,
        "task-broken-json",
        null,
        "This is not JSON: " + firstLine(e) + ".",
        "Send one JSON object in UTF-8.");
  }

  private static Problem unknownKind(String path, InvalidTypeIdException e) {
    return e.getTypeId() == null
        ? Problem.at(
            path.isEmpty() ? "$" : path,
            "task-unknown-kind",
            null,
            "The kind of request is missing.",
            "Give loglikelihood, multiple_choice, loglikelihood_rolling or generate_until.")
        : Problem.at(
            path.isEmpty() ? "kind" : path + ".kind",
            "task-unknown-kind",
            e.getTypeId(),
            "There is no such kind of request.",
            "Give loglikelihood, multiple_choice, loglikelihood_rolling or generate_until.");
  }

  private static Problem wrongType(String path, JsonMappingException e) {
    Class<?> target = e instanceof MismatchedInputException wrong ? wrong.getTargetType() : null;
    return Problem.at(
        path.isEmpty() ? "$" : path,
        "task-wrong-type",
        null,
        "This should be " + expected(target) + ".",
        "Send it as the protocol has it.");
  }

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "a text",
          Boolean.class, "true or false",
          Integer.class, "a whole number",
          int.class, "a whole number",
          Long.class, "a whole number",
          long.class, "a whole number",
          Double.class, "a number");

  private static String expected(Class<?> target) {
    if (target == null) {
      return "something else";
    }
    if (target.isEnum()) {
      return "built_in or service";
    }
    return Collection.class.isAssignableFrom(target)
        ? "a list"
        : TYPES.getOrDefault(target, "an object");
  }

  private static Problem below(String path, Problem problem) {
    String joined = path.isEmpty() ? problem.path() : path + "." + problem.path();
    return Problem.at(joined, problem.code(), problem.value(), problem.message(), problem.remedy());
  }

  private static String path(String root, JsonMappingException e) {
    StringBuilder path = new StringBuilder(root);
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String firstLine(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }
}
