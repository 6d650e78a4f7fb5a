package io.holdfast.eval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.lm.evaluate.Continuation;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.lm.evaluate.TextScore;
import io.holdfast.lm.weights.CheckpointWeights;
import io.holdfast.task.registry.FactsService;
import io.holdfast.task.registry.LocalTasks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checkpoints scored on a task whose service runs, is away, or has not what is asked. */
@QuarkusTest
@QuarkusTestResource(LocalTasks.class)
class TasksIT extends EvaluationFixture {

  private static final Duration LONG = Duration.ofMinutes(10);

  private static TaskEvaluation test(FactsService service) {
    return new TaskEvaluation(service.description().taskName(), "test", 0, 1, null);
  }

  private static FactsService facts(String version) {
    return new FactsService(new TaskName("facts", version), 50, 1);
  }

  @Test
  void scoresACheckpointOnATaskOnce() {
    try (FactsService service = facts("1")) {
      topics.send(service.announcement(LONG));
      CheckpointPublished published =
          HeldOutFiles.asking(HeldOutFiles.checkpoint(root, "tasked", 21, prose), test(service));
      topics.send(published);

      List<CheckpointEvaluated> answers = topics.await(CheckpointEvaluated.class, "tasked", 2);

      TaskResult result = onTask(answers);
      assertThat(answers).anyMatch(answer -> answer.results().size() == 1);
      assertThat(result.evaluation()).isEqualTo(test(service));
      assertThat(result.requests()).isEqualTo(20);
      assertThat(result.requestsSha256())
          .isEqualTo(service.description().evaluation().getFirst().sha256());
      MetricValue accuracy = result.metrics().getFirst();
      double expected = accuracy(published);
      assertThat(accuracy.value()).isEqualTo(expected);
      // Of zeros and ones: √(p (1 − p) / (n − 1)).
      assertThat(accuracy.standardError())
          .isCloseTo(Math.sqrt(expected * (1 - expected) / 19), within(1e-12));

      service.stop();
      topics.send(published);
      assertThat(onTask(topics.await(CheckpointEvaluated.class, "tasked", 4))).isEqualTo(result);
      assertThat(results("tasked")).containsExactly(result, result);
      shownAsTheHarnessDoes(published, accuracy);
    }
  }

  private static void shownAsTheHarnessDoes(CheckpointPublished published, MetricValue accuracy) {
    String id =
        given()
            .get("/api/evaluations/tasks?weights={sha}", published.sha256())
            .then()
            .body("state", hasItem("SCORED"))
            .extract()
            .path("[0].id");
    given()
        .get("/api/evaluations/tasks/{id}/results.json", id)
        .then()
        .statusCode(200)
        .body("results.facts.'acc,none'", equalTo((float) accuracy.value()))
        .body("versions.facts", equalTo("1"))
        .body("n-samples.facts.effective", equalTo(20))
        .body("higher_is_better.facts.acc", equalTo(true))
        .body("config.model_sha", equalTo(published.sha256()));
    given().get("/api/evaluations/tasks/none/results.json").then().statusCode(404);
  }

  /** The same questions, asked of the model directly. */
  private double accuracy(CheckpointPublished published) {
    int right = 0;
    List<String> words =
        List.of("river", "harbour", "copper", "meadow", "lantern", "orchard", "granite", "willow");
    try (CheckpointWeights weights =
            CheckpointWeights.open(artifacts.resolve(published.checkpoint()));
        RequestScorer model =
            RequestScorer.open(weights, HeldOutFiles.SEQUENCE_LENGTH, Precision.FP32)) {
      for (int i = 0; i < 20; i++) {
        String context = "The plot %d, seed 1, has the".formatted(i);
        List<TextScore> scores =
            model.continuations(
                List.of(
                    new Continuation(context, " " + words.get(i % 8)),
                    new Continuation(context, " " + words.get((i + 1) % 8))));
        right += scores.get(0).logLikelihoodNats() >= scores.get(1).logLikelihoodNats() ? 1 : 0;
      }
    }
    return right / 20.0;
  }

  @Test
  void scoresWaitForATaskThatIsAwayAndNothingElseDoes() {
    try (FactsService service = facts("2")) {
      service.stop();
      topics.send(
          HeldOutFiles.asking(HeldOutFiles.checkpoint(root, "patient", 22, prose), test(service)));

      StageWaiting waiting = topics.await(StageWaiting.class, "patient", 1).getFirst();
      assertThat(waiting.task()).isEqualTo(service.description().taskName());
      assertThat(waiting.ended()).isFalse();
      assertThat(topics.await(CheckpointEvaluated.class, "patient", 1).getFirst().results())
          .hasSize(1);

      topics.send(service.announcement(LONG));
      service.start();

      onTask(topics.await(CheckpointEvaluated.class, "patient", 2));
      assertThat(topics.await(StageWaiting.class, "patient", 2).getLast().ended()).isTrue();
    }
  }

  @Test
  void aSplitThatTheTaskHasNotFailsThatScoreOnly() {
    try (FactsService service = facts("3")) {
      topics.send(service.announcement(LONG));
      TaskEvaluation hard =
          new TaskEvaluation(service.description().taskName(), "hard", 0, 1, null);
      TaskEvaluation shots =
          new TaskEvaluation(service.description().taskName(), "test", 2, 1, null);
      topics.send(
          HeldOutFiles.asking(
              HeldOutFiles.checkpoint(root, "refused", 23, prose), hard, shots, test(service)));

      List<EvaluationFailed> failures = topics.await(EvaluationFailed.class, "refused", 2);

      assertThat(failures).allMatch(failure -> failure.code() == FailureCode.TASK_UNUSABLE);
      assertThat(failures.stream().map(EvaluationFailed::task).collect(Collectors.toSet()))
          .isEqualTo(Set.of(hard, shots));
      assertThat(onTask(topics.await(CheckpointEvaluated.class, "refused", 2)).evaluation())
          .isEqualTo(test(service));
    }
  }

  @Test
  void aFurtherTaskOfAScoredCheckpointIsAllThatIsDone() {
    try (FactsService first = facts("4");
        FactsService second = facts("5")) {
      topics.send(first.announcement(LONG));
      topics.send(second.announcement(LONG));
      CheckpointPublished published = HeldOutFiles.checkpoint(root, "extended", 24);
      topics.send(HeldOutFiles.asking(published, test(first)));
      TaskResult before = onTask(topics.await(CheckpointEvaluated.class, "extended", 1));

      topics.send(HeldOutFiles.asking(published, test(first), test(second)));

      topics.await(CheckpointEvaluated.class, "extended", 3);
      assertThat(results("extended"))
          .filteredOn(result -> result.evaluation().equals(test(first)))
          .containsExactly(before, before);
      assertThat(results("extended"))
          .filteredOn(result -> result.evaluation().equals(test(second)))
          .hasSize(1);
    }
  }

  private static TaskResult onTask(List<CheckpointEvaluated> answers) {
    return answers.stream()
        .flatMap(answer -> answer.taskResults().stream())
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private List<TaskResult> results(String stageId) {
    return topics.seen(CheckpointEvaluated.class, stageId).stream()
        .flatMap(answer -> answer.taskResults().stream())
        .toList();
  }
}
