package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.event.Schemas;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corpora of tasks' documents. */
class StudyTaskCorporaTest {

  private static final TaskName CAPITALS = TaskName.parse("capitals@1").orElseThrow();

  @Test
  void aTaskIsACorpus() throws JsonProcessingException {
    String text = with("facts", "facts: {task: capitals@1, split: hard, tokens: 100k, test: 0.1}");

    assertThat(valid(text).corpora().get("facts"))
        .isEqualTo(new StudyCorpus(CorpusDefinition.ofTask(CAPITALS, "hard", 0.05, 0.1), 100_000L));
    assertThat(Schemas.violations("study.v1.schema.json", new YAMLMapper().readTree(text)))
        .isEmpty();
  }

  @Test
  void itsTrainingSplitIsTheOneCalledTrain() {
    assertThat(
            valid(with("facts", "facts: {task: capitals@1}")).corpora().get("facts").definition())
        .isEqualTo(CorpusDefinition.ofTask(CAPITALS, "train", 0.05, 0.05));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{task: capitals} | corpora.facts.task | not-a-task",
        "{task: [capitals@1]} | corpora.facts.task | wrong-type",
        "{task: capitals@1, path: facts.jsonl} | corpora.facts.task | conflict",
        "{embedded: factbook, split: train} | corpora.facts.split | conflict",
        "{task: capitals@1, spilt: train} | corpora.facts.spilt | unknown-key",
        "{split: train} | corpora.facts.embedded | missing"
      })
  void wrongOnesAreNamed(String corpus, String path, String code) {
    Problem problem = problem(with("facts", "facts: " + corpus));

    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.code()).isEqualTo(code);
  }

  /** data-service's memory of what it read, and its database, know corpora by this text. */
  @Test
  void otherCorporaAreWrittenAsBefore() {
    assertThat(Json.write(CorpusDefinition.embedded("metamath", 0.05, 0.05)))
        .isEqualTo("{\"dev\":0.05,\"embedded\":\"metamath\",\"test\":0.05}");
    assertThat(Json.read("{\"path\":\"a.jsonl\",\"dev\":0,\"test\":0.1}", CorpusDefinition.class))
        .isEqualTo(CorpusDefinition.files("a.jsonl", 0, 0.1));
    CorpusDefinition task = CorpusDefinition.ofTask(CAPITALS, "train", 0.05, 0.05);
    assertThat(Json.read(Json.write(task), CorpusDefinition.class)).isEqualTo(task);
  }
}
