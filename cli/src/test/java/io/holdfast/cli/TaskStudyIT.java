package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.Holdfast.Result;
import io.holdfast.cli.Holdfast.Running;
import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.client.StudyView.Stage;
import io.holdfast.cli.task.RunningTask;
import io.holdfast.cli.task.Skeleton;
import io.holdfast.contracts.json.Json;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody's own task, plugged into a local system that runs: trained on, scored, lost, found
 * again, and seen on the frontier.
 */
class TaskStudyIT {

  private static final String STUDY =
      """
      study: plugged
      model: {layers: 2, hidden: 32, heads: 2, context: 32}
      tokenizer: {vocab: 384, train_on: [facts]}
      corpora:
        math: {embedded: metamath, tokens: 8k}
        facts: {embedded: factbook, tokens: 4k}
        sums: {task: sums@1, split: train, tokens: 2k}
      stages:
        pretrain: {corpus: math, tokens: 8k, learning_rate: 3e-3}
        post_train: {corpus: facts, epochs: 1, learning_rate: 3e-3}
        fine_tune: {corpus: sums, tokens: 2k, learning_rate: 3e-3}
      recipes:
        plain: {}
        replayed: {post_train: {replay: 0.1}}
      seeds: [1]
      evaluation:
        tokens: 1k
        tasks:
          - {task: sums@1, limit: 8}
      """;

  private static final String ANOTHER_EVALUATION =
      "    - {task: sums@1, few_shot: 1, limit: 4, metric: %s}\n";

  /** One pretraining, and two of each stage after it. */
  private static final int STAGES = 5;

  @TempDir Path folder;
  private Skeleton skeleton;

  /** What Holdfast computes, and of a task in Python what its service judges. */
  private List<String> metrics;

  private Holdfast holdfast;
  private Frontier frontier;

  @BeforeEach
  void up() throws Exception {
    skeleton = RunningTask.pythonIsHere() ? Skeleton.PYTHON : Skeleton.JAVA;
    metrics = skeleton == Skeleton.PYTHON ? List.of("exact_match", "near") : List.of("exact_match");
    holdfast = new Holdfast(folder.resolve("home"));
    Result up = holdfast.run("up", "--trainers", "1");
    assertThat(up.exitCode()).as(up.output()).isZero();
    frontier =
        new Frontier(
            URI.create(holdfast.home().state().orElseThrow().api()),
            holdfast.home().token(),
            Trust.system());
  }

  @AfterEach
  void down() throws Exception {
    frontier.close();
    assertThat(holdfast.run("down").exitCode()).isZero();
  }

  @Test
  void studyTrainsAndScoresOnATaskThatComesGoesAndComesBack() throws Exception {
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    try (RunningTask task = plugIn()) {
      ok(holdfast.run("task", "register", task.url().toString()));
      // Planning reads the corpora, and so copies the task's documents; nothing is scored yet.
      ok(holdfast.run("plan", study.toString()));
    }

    Running run = holdfast.start("run", study.toString());
    try {
      everythingButTheScoresGoesOnWithoutTheTask(run);
      try (RunningTask back = start()) {
        assertThat(run.process().waitFor()).as(run.output()).isZero();
        scoresAreEverywhere();
        anotherEvaluationTrainsNothing();
      }
    } finally {
      run.process().destroy();
      run.process().waitFor();
    }
  }

  private void everythingButTheScoresGoesOnWithoutTheTask(Running run) throws Exception {
    patiently()
        .untilAsserted(
            () ->
                assertThat(study().stages())
                    .hasSize(STAGES)
                    .allMatch(stage -> stage.state().equals("TRAINED"))
                    .allMatch(stage -> stage.evaluated() == stage.evaluations() - 1)
                    .allSatisfy(TaskStudyIT::waits));
    assertThat(study().ended()).isFalse();
    patiently().until(() -> run.output().contains(": paused: waits for sums@1 since "));
  }

  private static void waits(Stage stage) {
    assertThat(stage.waiting())
        .singleElement()
        .satisfies(wait -> assertThat(wait.task()).isEqualTo("sums@1"));
  }

  private void scoresAreEverywhere() throws Exception {
    String requests = frontier.tasks().getFirst().evaluation().getFirst().sha256();
    List<JsonNode> results = elements(document("task-results"));
    assertThat(results)
        .hasSize(STAGES)
        .extracting(result -> result.get("result"))
        .allSatisfy(
            result -> {
              assertThat(result.get("requests").asInt()).isEqualTo(8);
              assertThat(result.get("available").asInt()).isEqualTo(100);
              assertThat(result.get("requests_sha256").asText()).isEqualTo(requests);
              assertThat(result.get("metrics").findValuesAsText("name")).isEqualTo(metrics);
              assertThat(elements(result.get("metrics")))
                  .filteredOn(metric -> metric.get("name").asText().equals("near"))
                  .allMatch(metric -> metric.get("value").asDouble() == 1.0);
            });

    JsonNode plane = document("frontiers").get("tasks").path(0);
    assertThat(plane.get("metric").asText()).isEqualTo("exact_match");
    assertThat(plane.get("higher_is_better").asBoolean()).isTrue();
    assertThat(elements(plane.get("points")))
        .hasSize(2)
        .as("the only point of each recipe is its front")
        .allMatch(point -> point.get("on_frontier").asBoolean())
        .allSatisfy(point -> assertThat(point.get("value").asDouble()).isBetween(0.0, 1.0));

    assertThat(elements(document("retention").get("matrices")))
        .hasSize(2)
        .allSatisfy(
            matrix ->
                assertThat(elements(matrix.get("rows")))
                    .filteredOn(named("sums@1 test, first 8"))
                    .as("a row for each metric, with its mean after each stage")
                    .hasSameSizeAs(metrics)
                    .allMatch(row -> row.get("after").size() == 3));
    reportHas(STAGES);
  }

  /** The tables of the archive that the command line has unpacked. */
  private void reportHas(int scores) {
    Path results = holdfast.home().study("plugged");
    assertThat(results.resolve("task_results.csv"))
        .content()
        .hasLineCount(1 + metrics.size() * scores)
        .contains(metrics);
    assertThat(results.resolve("retention.csv")).content().contains("sums@1 test");
    assertThat(results.resolve("report.html")).content().contains("sums@1 test");
  }

  private void anotherEvaluationTrainsNothing() throws Exception {
    List<String> stages = study().stages().stream().map(Stage::id).toList();
    Path more =
        Files.writeString(
            folder.resolve("more.yaml"), STUDY + ANOTHER_EVALUATION.formatted(metrics.getLast()));
    Result again = ok(holdfast.run("run", more.toString()));
    assertThat(again.output()).doesNotContain("training,");
    assertThat(study().stages().stream().map(Stage::id)).containsExactlyElementsOf(stages);
    assertThat(elements(document("task-results")))
        .hasSize(2 * STAGES)
        .filteredOn(result -> result.at("/result/evaluation/few_shot").asInt() == 1)
        .hasSize(STAGES);
    assertThat(document("frontiers").get("tasks").findValuesAsText("metric"))
        .containsExactly("exact_match", metrics.getLast());
    reportHas(2 * STAGES);
  }

  /**
   * A new task, made ours: its own metric is 1 of whatever a model writes, so that what it answers
   * is told from the zero of a model that learned nothing.
   */
  private RunningTask plugIn() throws Exception {
    for (Path file : skeleton.write("sums", folder.resolve("sums"))) {
      Files.writeString(file, Files.readString(file).replace("distance <= 1", "distance >= 0"));
    }
    return start();
  }

  private RunningTask start() throws IOException {
    return new RunningTask(folder.resolve("sums"), folder);
  }

  private static Result ok(Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result;
  }

  private JsonNode document(String name) throws Exception {
    return Json.mapper().readTree(frontier.text("/api/studies/" + study().id() + "/" + name));
  }

  /** The newest of the name. */
  private StudyView study() throws Exception {
    String id =
        frontier.studies().stream()
            .filter(known -> known.name().equals("plugged"))
            .findFirst()
            .orElseThrow()
            .id();
    return frontier.study(id);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static Predicate<JsonNode> named(String measure) {
    return row -> row.at("/measure/name").asText().equals(measure);
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions();
  }
}
