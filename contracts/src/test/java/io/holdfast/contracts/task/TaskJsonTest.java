package io.holdfast.contracts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.event.Schemas;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of what a stranger sent have a place and a stable code. */
class TaskJsonTest {

  @Test
  void everyFaultOfADescriptionIsNamedAtOnce() {
    List<Problem> problems =
        problemsOfDescription(
            """
            {"protocol": "holdfast-task/1", "name": "a", "version": "1", "description": "d", "licence": "MIT",
             "training": [{"name": "train", "documents": 0, "bytes": 5, "sha256": "xyz"}, null],
             "evaluation": [{"name": "Test!", "requests": "many", "bytes": 5, "sha256": "%s"}],
             "metrics": [{"name": "acc", "higher_is_better": false, "source": "built_in"},
                         {"name": "accuracy", "higher_is_better": true, "source": "built_in"},
                         {"name": "f1", "higher_is_better": true, "source": "service"},
                         {"name": "own", "source": "magic"}]}
            """
                .formatted("0".repeat(64)));

    assertThat(problems)
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            tuple("training[0].documents", "task-bad-count"),
            tuple("training[0].sha256", "task-bad-hash"),
            tuple("training[1]", "task-missing"),
            tuple("evaluation[0].requests", "task-wrong-type"),
            tuple("metrics[0].higher_is_better", "task-wrong-direction"),
            tuple("metrics[1].name", "task-unknown-metric"),
            tuple("metrics[2].name", "task-built-in-name"),
            tuple("metrics[3].source", "task-wrong-type"));
  }

  @Test
  void faultsOfTheWholeAreNamedAtOnce() {
    String split = "{\"name\": \"a\", \"requests\": 1, \"bytes\": 9, \"sha256\": \"%s\"}";
    String each = split.formatted("0".repeat(64));

    assertThat(
            problemsOfDescription(
                """
                {"protocol": "holdfast-task/2", "name": "Ä", "version": "", "licence": " ",
                 "evaluation": [%s, %s], "few_shot_from": "train"}
                """
                    .formatted(each, each)))
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            tuple("protocol", "task-unknown-protocol"),
            tuple("name", "task-bad-name"),
            tuple("version", "task-bad-version"),
            tuple("description", "task-missing"),
            tuple("licence", "task-missing"),
            tuple("metrics", "task-missing"),
            tuple("evaluation[1]", "task-duplicate"),
            tuple("few_shot_from", "task-unknown-split"));
  }

  /** The schema refuses them too, but for an answer beyond the choices, which it cannot express. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind':'loglikelihood','id':'1','context':'a','continuation':''}|continuation|task-missing",
        "{'kind':'loglikelihood','id':'1','continuation':'a'}|context|task-missing",
        "{'kind':'loglikelihood','id':' ','context':'a','continuation':'b'}|id|task-bad-id",
        "{'kind':'multiple_choice','id':'1','context':'a','choices':['b'],'answer':0}|choices|task-bad-choices",
        "{'kind':'multiple_choice','id':'1','context':'a','choices':['b','b'],'answer':0}|choices|task-duplicate",
        "{'kind':'multiple_choice','id':'1','context':'a','choices':['b','c'],'answer':2}|answer|task-bad-answer",
        "{'kind':'multiple_choice','id':'1','context':'a','choices':['b','c'],'answer':0.5}|answer|task-wrong-type",
        "{'kind':'loglikelihood_rolling','id':'1','text':''}|text|task-missing",
        "{'kind':'generate_until','id':'1','context':'a'}|max_tokens|task-wrong-type",
        "{'kind':'generate_until','id':'1','context':'a','max_tokens':9,'until':['']}|until|task-bad-stop",
        "{'kind':'generate_until','id':'1','context':'a','max_tokens':9,'top_p':0.5}|temperature|task-missing",
        "{'kind':'generate_until','id':'1','context':'a','max_tokens':9,'temperature':0}|temperature|task-bad-temperature",
        "{'kind':'essay','id':'1'}|kind|task-unknown-kind",
        "{'id':'1','context':'a'}|$|task-unknown-kind"
      })
  void requestsAreRefusedByRecordAndSchema(String line, String path, String code) {
    String json = line.replace('\'', '"');

    assertThat(problemsOfRequest(json))
        .extracting(Problem::path, Problem::code)
        .containsExactly(tuple(path, code));
    if (!code.equals("task-bad-answer")) {
      assertThat(
              Schemas.violations(
                  "evaluation-request.v1.schema.json", Json.read(json, JsonNode.class)))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \" \"}",
        "{\"prompt\": \"a\"}",
        "{\"text\": \"a\", \"prompt\": \"b\", \"completion\": \"c\"}",
        "{\"messages\": []}",
        "{\"messages\": [{\"role\": \"user\"}]}",
        "{}",
        "[]"
      })
  void documentsAreRefusedByRecordAndSchema(String json) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> TaskJson.document(json));

    assertThat(refused).isNotNull();
    assertThat(Schemas.violations("task-document.v1.schema.json", Json.read(json, JsonNode.class)))
        .isNotEmpty();
  }

  @Test
  void depthLengthAndTrailingTextAreBounded() {
    String deep = "[".repeat(1000) + "]".repeat(1000);

    assertThat(problemsOfRequest("{\"kind\": \"loglikelihood\", \"x\": " + deep + "}"))
        .extracting(Problem::code)
        .containsExactly("task-too-large");
    assertThat(problemsOfRequest("{\"kind\": \"" + "a".repeat((1 << 20) + 1) + "\"}"))
        .extracting(Problem::code)
        .containsExactly("task-too-large");
    assertThat(problemsOfRequest("{\"kind\": \"loglikelihood_rolling\""))
        .extracting(Problem::code)
        .containsExactly("task-broken-json");
    assertThat(
            problemsOfRequest(
                "{\"kind\":\"loglikelihood_rolling\",\"id\":\"1\",\"text\":\"a\"} more"))
        .extracting(Problem::code)
        .containsExactly("task-broken-json");
  }

  @Test
  void placesNameStreamAndLine() {
    Problem problem = problemsOfRequest("{\"kind\":\"essay\",\"id\":\"1\"}").getFirst();

    assertThat(TaskJson.placed(List.of(problem), "requests/test", 17).getFirst().describe())
        .startsWith("requests/test line 17, kind: essay — There is no such kind of request.");
  }

  private static List<Problem> problemsOfDescription(String json) {
    return catchThrowableOfType(InvalidInputException.class, () -> TaskJson.description(json))
        .problems();
  }

  private static List<Problem> problemsOfRequest(String json) {
    return catchThrowableOfType(InvalidInputException.class, () -> TaskJson.request(json))
        .problems();
  }
}
