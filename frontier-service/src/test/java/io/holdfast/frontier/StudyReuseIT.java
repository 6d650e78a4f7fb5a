package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.holdfast.contracts.evaluation.EvaluationPoint.Mark;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageKind;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a study takes over from others, and the points that it asks for beside final ones. */
@QuarkusTest
class StudyReuseIT extends StudyFixture {

  @Test
  void anotherStudyReusesTrainedStages() {
    String first = submit(study("first", "41"));
    fulfilAll(first, stages(first));
    String second = submit(study("second", "41").replace("[1e-4, 3e-4, 1e-3]", "[1e-4, 5e-3]"));
    Set<String> fresh = new HashSet<>(stages(second));
    fresh.removeAll(stages(first));
    assertThat(fresh).hasSize(2);
    await().until(() -> others.seen(StageRequested.class, fresh).size() == 2);
    fulfilAll(second, fresh);
    assertThat(study(second).getString("state")).isEqualTo("COMPLETED");
    assertThat(others.seen(StageRequested.class, stages(first))).hasSize(stages(first).size());
  }

  @Test
  void asksOnlyForEvaluationsThatAreMissing() {
    String first = submit(study("scored", "71"));
    fulfilAll(first, stages(first));
    String second = submit(study("more", "71") + "evaluation: {tokens: 100_000}\n");
    Set<String> stages = stages(second);
    await().until(() -> others.seen(StageRequested.class, stages).size() == 2 * stages.size());
    List<StageRequested> again =
        others.seen(StageRequested.class, stages).stream()
            .filter(r -> r.evaluations().getFirst().maxTokens() == 100_000)
            .toList();
    assertThat(again).hasSize(stages.size()).allMatch(r -> r.attempt() == 1);
    assertThat(study(second).getString("state")).isEqualTo("RUNNING");
    again.stream()
        .map(OtherServices::evaluated)
        .map(StudyReuseIT::scoringNoMore)
        .forEach(others::say);
    await().until(() -> study(second).getString("state").equals("COMPLETED"));
    given()
        .get("/api/studies/{id}/evaluations", second)
        .then()
        .body("tokens", everyItem(equalTo(65_536)));
  }

  /** Where completions alone are scored, to read more may be to score no more. */
  private static CheckpointEvaluated scoringNoMore(CheckpointEvaluated event) {
    return new CheckpointEvaluated(
        event.stageId(),
        event.checkpoint(),
        event.sha256(),
        event.point(),
        event.step(),
        event.results().stream()
            .map(
                result ->
                    new LossResult(
                        result.corpus(),
                        result.lossNatsPerToken(),
                        result.standardError(),
                        65_536,
                        result.windows(),
                        result.bytes(),
                        result.perplexity(),
                        result.bitsPerByte(),
                        result.readTokens()))
            .toList(),
        event.taskResults());
  }

  @Test
  void marksAndProbesAreAskedForWaitedForAndShown() {
    String id =
        submit(
            SampleStudy.textWithPoints()
                .replace("study: sample", "study: points")
                .replace("seeds: [4, 5, 6]", "seeds: [95]"));
    Set<String> stages = stages(id);
    fulfilUntil(
        stages,
        () ->
            others.seen(StageRequested.class, stages).stream()
                .filter(request -> request.spec().kind() == StageKind.FINE_TUNE)
                .findFirst()
                .map(StageRequested::stageId)
                .map(Set::of)
                .orElse(Set.of()),
        () -> study(id).getInt("progress.trained") == stages.size() - 1);
    StageRequested late =
        others.seen(StageRequested.class, stages).stream()
            .filter(request -> request.spec().kind() == StageKind.FINE_TUNE)
            .findFirst()
            .orElseThrow();
    assertThat(late.spec().marks()).containsExactly(25_000L, 50_000L);
    assertThat(late.probes())
        .containsExactly(
            new Interpolated(0.5),
            new Noisy(Scale.ABSOLUTE, 0.01, 1),
            new Noisy(Scale.ABSOLUTE, 0.01, 2));

    List<HoldfastEvent> answers = OtherServices.fulfil(late);
    answers.subList(0, answers.size() - 1).forEach(others::say);
    await().until(() -> stage(id, late.stageId()).getInt("evaluated") == 3 * 5);
    assertThat(study(id).getString("state")).isEqualTo("RUNNING");
    answers.forEach(others::say);
    await().until(() -> study(id).getString("state").equals("COMPLETED"));

    // Pretraining has two marks and two noises, post-training two noises, fine-tuning all.
    int scores = 3 * (2 * 5 + 2 * 3 + 6 * 6);
    assertThat(study(id).getInt("progress.evaluations")).isEqualTo(scores);
    assertThat(study(id).getInt("progress.evaluated")).isEqualTo(scores);
    given()
        .get("/api/studies/{id}/frontiers", id)
        .then()
        .body("points", hasSize(6 * 4))
        .body("points.point.kind", hasItems("mark", "interpolated"))
        .body("points.retained.nats.findAll { it > 0 }", hasSize(6 * 4));
    given().get("/api/studies/{id}/evaluations", id).then().body("$", hasSize(scores));
    String evaluations = given().get("/api/studies/{id}/evaluations.csv", id).asString();
    assertThat(evaluations.lines().filter(line -> line.contains(",noisy,"))).hasSize(10 * 2 * 3);
    FrontierUpdated last =
        others.seen(FrontierUpdated.class, Set.of(id)).stream()
            .max(java.util.Comparator.comparingLong(FrontierUpdated::revision))
            .orElseThrow();
    assertThat(last.points())
        .filteredOn(point -> point.point() instanceof Mark)
        .hasSize(12)
        .allMatch(point -> point.settings().contains("mark="));
  }
}
