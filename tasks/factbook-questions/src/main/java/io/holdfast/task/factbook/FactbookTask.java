package io.holdfast.task.factbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.BuiltInMetric;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskDocument;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TrainingSplit;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What the task holds: made once, at the start. */
@Startup
@ApplicationScoped
class FactbookTask {

  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final int MAX_TOKENS = 32;

  /** With the kind, which a writer of the subclass alone would leave out. */
  private static final ObjectWriter REQUEST = Json.mapper().writerFor(EvaluationRequest.class);

  private final Map<String, Lines> documents;
  private final Map<String, Lines> requests;
  private final TaskDescription description;

  FactbookTask() {
    List<Question> questions = Factbook.questions();
    documents = Map.of(TRAIN, lines(questions, false));
    requests = Map.of(TEST, lines(questions, true));
    description = describe(documents.get(TRAIN), requests.get(TEST));
  }

  TaskDescription description() {
    return description;
  }

  /** Training splits by name. */
  Map<String, Lines> documents() {
    return documents;
  }

  /** Evaluation splits by name. */
  Map<String, Lines> requests() {
    return requests;
  }

  private static Lines lines(List<Question> questions, boolean heldOut) {
    return new Lines(
        questions.stream()
            .filter(question -> Factbook.isHeldOut(question.country()) == heldOut)
            .map(heldOut ? FactbookTask::request : FactbookTask::document)
            .toList());
  }

  private static String document(Question question) {
    return Json.write(
        new TaskDocument.Pair(
            question.prompt(), " " + question.answer() + "\n", question.country()));
  }

  private static String request(Question question) {
    try {
      return REQUEST.writeValueAsString(
          new EvaluationRequest.GenerateUntil(
              question.id(),
              question.prompt(),
              List.of("\n"),
              MAX_TOKENS,
              List.of(question.answer()),
              null,
              null,
              null,
              question.country()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is serializable", e);
    }
  }

  private static TaskDescription describe(Lines train, Lines test) {
    return new TaskDescription(
        TaskDescription.PROTOCOL,
        "factbook-questions",
        "1",
        "Questions about countries from the World Factbook, answered in at most 40 characters.",
        "Public domain",
        List.of(new TrainingSplit(TRAIN, train.count(), train.bytes(), train.sha256())),
        List.of(new EvaluationSplit(TEST, test.count(), test.bytes(), test.sha256())),
        List.of(builtIn(BuiltInMetric.EXACT_MATCH), builtIn(BuiltInMetric.F1)),
        TRAIN);
  }

  private static TaskMetric builtIn(BuiltInMetric metric) {
    return new TaskMetric(metric.wireName(), metric.higherIsBetter(), TaskMetric.Source.BUILT_IN);
  }
}
