package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.conductor.Conductor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Studies from submission to report, with a real broker and a real database. */
@QuarkusTest
class StudyLifeIT extends StudyFixture {

  @Inject Conductor conductor;

  @Test
  void runsFromSubmissionToReport() throws Exception {
    String id = submit(study("whole", "11, 12"));
    Set<String> stages = stages(id);
    assertThat(stages).hasSize(2 * (2 + 2 + 6));
    await().until(() -> others.seen(StageRequested.class, stages).size() == 4);
    assertThat(others.seen(StageRequested.class, stages))
        .allSatisfy(r -> assertThat(r.spec().kind()).isEqualTo(StageKind.PRETRAIN))
        .allSatisfy(r -> assertThat(r.attempt()).isEqualTo(1))
        .allSatisfy(r -> assertThat(r.evaluations()).hasSize(3))
        .allSatisfy(r -> assertThat(r.spec().id()).isEqualTo(r.stageId()));

    StageRequested root = others.seen(StageRequested.class, stages).getFirst();
    others.say(OtherServices.progressed(root, 25));
    await().until(() -> stage(id, root.stageId()).getString("state").equals("TRAINING"));
    JsonPath training = stage(id, root.stageId());
    assertThat(training.getLong("tokens")).isEqualTo(25_600);
    assertThat(training.getDouble("tokens_per_second")).isEqualTo(20_000);
    assertThat(training.getDouble("eta_seconds")).isBetween(1.0, 200.0);

    fulfilAll(id, stages);

    JsonPath study = study(id);
    assertThat(study.getString("state")).isEqualTo("COMPLETED");
    assertThat(study.getInt("progress.trained")).isEqualTo(stages.size());
    assertThat(study.getInt("progress.evaluated")).isEqualTo(3 * stages.size());
    assertThat(others.seen(StageRequested.class, stages)).hasSize(stages.size());
    readsOfACompletedStudy(id);
  }

  private void readsOfACompletedStudy(String id) throws Exception {
    given()
        .get("/api/studies/{id}/frontiers", id)
        .then()
        .statusCode(200)
        .body("points", hasSize(12))
        .body("points.retained.nats.findAll { it > 0 }", hasSize(12))
        .body("projections.name", hasItems("RETENTION", "PRETRAINING"))
        .body("comparisons[0].baseline", equalTo("plain"))
        .body("comparisons[0].retained.at", hasSize(5))
        .body("comparisons[0].retained.at[0].gap.n", equalTo(2));
    given().get("/api/studies/{id}/statistics?with=nowhere", id).then().statusCode(404);
    given()
        .get("/api/studies/{id}/statistics?with={id}", id, id)
        .then()
        .statusCode(200)
        .body("study_id", equalTo(id))
        .body("seeds", equalTo(2))
        .body("verdicts", hasSize(4))
        .body("verdicts.stated", hasItems(false))
        .body("verdicts[0].effect.estimate.values", hasSize(2))
        .body("fronts.name", hasItems("RETENTION", "ALL_LOSSES"))
        .body("fronts[0].hypervolumes.exposed.bootstrap.resamples", equalTo(10_000))
        .body("fronts[0].differences[0].dominance.paired_seeds", equalTo(2))
        .body("bands.RETENTION", hasSize(2))
        .body("gains", hasSize(3))
        .body("latency.choices", hasSize(2));
    given().get("/api/studies/{id}/claims.csv", id).then().body(startsWith("claim,stated,"));
    given().get("/api/studies/{id}/statistics.csv", id).then().body(startsWith("quantity,"));
    given()
        .get("/api/studies/{id}/evaluations", id)
        .then()
        .body("$", hasSize(60))
        .body("corpus", hasItems("prose", "metamath", "factbook"));
    given()
        .get("/api/studies/{id}/report.html", id)
        .then()
        .statusCode(200)
        .contentType(startsWith("text/html"))
        .body(containsString("Answer"))
        .body(containsString("<svg"));
    given()
        .get("/api/studies/{id}/report.md", id)
        .then()
        .contentType(startsWith("text/markdown"))
        .body(containsString("](figures/retention.svg)"));
    given()
        .get("/api/studies/{id}/summary.txt", id)
        .then()
        .contentType(startsWith("text/plain"))
        .body(containsString("L_ret at matched L_ft"));
    laws(id);
    String points = given().get("/api/studies/{id}/points.csv", id).asString();
    assertThat(points.lines()).hasSize(13).first().asString().startsWith("recipe,seed,settings");
    assertThat(given().get("/api/studies/{id}/evaluations.csv", id).asString().lines()).hasSize(61);
    given()
        .get("/api/studies/{id}/figures/retention.svg", id)
        .then()
        .statusCode(200)
        .contentType(startsWith("image/svg+xml"))
        .body(startsWith("<svg"));
    given()
        .get("/api/studies/{id}/figures/retention.png", id)
        .then()
        .statusCode(200)
        .contentType("image/png");
    given().get("/api/studies/{id}/figures/nonsense.svg", id).then().statusCode(404);
    reportFolder(given().get("/api/studies/{id}/report.zip", id).asByteArray(), points);
    given().get("/api/studies").then().body("id", hasItems(id));
  }

  private static void laws(String id) {
    given()
        .queryParam("with", id)
        .queryParam("parameters", 1e9)
        .queryParam("fine_tune_tokens", 1e6)
        .queryParam("injected", 0, 0.01)
        .get("/api/studies/{id}/laws", id)
        .then()
        .statusCode(200)
        .body("studies", equalTo(List.of(id)))
        .body("laws.recipe", hasItems("plain", "exposed"))
        .body("laws[0].data", equalTo("PRETRAINING"))
        .body("laws[0].points", hasSize(2))
        .body("laws[0].problems[0].path", equalTo("model.parameters"));
    given().get("/api/studies/{id}/laws?with=nowhere", id).then().statusCode(404);
    given().get("/api/studies/{id}/laws?injected=2", id).then().statusCode(400);
  }

  @Test
  void theSameStudyInYamlOrJsonIsTheSameStudy() {
    String yaml = study("same", "21");
    String id = submit(yaml);
    assertThat(submit("# a comment\n" + yaml)).isEqualTo(id);
    // Claims are not part of what is trained: they may be made when the results are there.
    String claims = "claims:\n  - retains_more: {recipe: exposed, over: plain}\n";
    assertThat(submit(yaml + claims)).isEqualTo(id);
    given()
        .get("/api/studies/{id}/statistics", id)
        .then()
        .body("verdicts.claim", equalTo(List.of("retains_more: {recipe: exposed, over: plain}")))
        .body("verdicts.stated", equalTo(List.of(true)))
        .body("verdicts.outcome", equalTo(List.of("INCONCLUSIVE")));
    String json =
        given()
            .contentType("application/json")
            .body(asJson(yaml))
            .post("/api/studies")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    assertThat(json).isEqualTo(id);
    Set<String> stages = stages(id);
    await().until(() -> others.seen(StageRequested.class, stages).size() >= 2);
    assertThat(others.seen(StageRequested.class, stages)).hasSize(2);
    assertThat(submit(yaml.replace("1e-4", "2e-4"))).isNotEqualTo(id);
  }

  @Test
  void duplicatesAndDisorderEndInTheSameStudy() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String once = submit(study("ordered", "31"));
    Set<String> stages = stages(once);
    fulfilAll(once, stages);
    String expected = given().get("/api/studies/{id}/points.csv", once).asString();

    // The same stages under other fine-tuning budgets: other ids, the same losses by rate and kind.
    String again = submit(study("shuffled", "32"));
    Set<String> others2 = stages(again);
    Set<StageRequested> answered = new HashSet<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (StageRequested request : others.seen(StageRequested.class, others2)) {
                if (answered.add(request)) {
                  others.sayShuffled(OtherServices.fulfil(request), 3, random);
                }
              }
              return study(again).getString("state").equals("COMPLETED");
            });
    assertThat(others.seen(StageRequested.class, others2)).hasSize(others2.size());
    String points = given().get("/api/studies/{id}/points.csv", again).asString();
    assertThat(points.lines()).hasSameSizeAs(expected.lines().toList());
    List<StageEvent> said =
        answered.stream()
            .flatMap(request -> OtherServices.fulfil(request).stream())
            .map(StageEvent.class::cast)
            .toList();
    long revision = study(again).getLong("revision");
    assertThat(revision)
        .as("one for each score, and the first")
        .isLessThanOrEqualTo(
            1 + said.stream().filter(CheckpointEvaluated.class::isInstance).count());
    conductor.on(said);
    assertThat(study(again).getLong("revision")).as("no news").isEqualTo(revision);
    FrontierUpdated last =
        others.seen(FrontierUpdated.class, Set.of(again)).stream()
            .max(java.util.Comparator.comparingLong(FrontierUpdated::revision))
            .orElseThrow();
    assertThat(last.points()).hasSize(6).allMatch(p -> p.retained() != null);
  }

  @Test
  void aFailedStudySaysWhyAndRunsAgainWhenSubmittedAgain() {
    String text = study("failing", "51");
    String id = submit(text);
    Set<String> stages = stages(id);
    await().until(() -> others.seen(StageRequested.class, stages).size() == 2);
    List<StageRequested> roots = others.seen(StageRequested.class, stages);
    others.say(OtherServices.failed(roots.get(0)));
    OtherServices.fulfil(roots.get(1)).forEach(others::say);
    fulfilUntil(id, stages, Set.of(roots.get(0).stageId()), "FAILED");

    JsonPath failed = study(id);
    assertThat(failed.getList("reasons", String.class))
        .singleElement()
        .asString()
        .contains("LOSS_NOT_FINITE", "NaN at step 17", "Lower the learning rate", "attempt 1");
    assertThat(failed.getInt("progress.blocked")).isEqualTo(4);
    assertThat(failed.getInt("progress.trained")).isEqualTo(5);

    assertThat(submit(text)).isEqualTo(id);
    assertThat(study(id).getString("state")).isEqualTo("RUNNING");
    await()
        .until(
            () ->
                others.seen(StageRequested.class, Set.of(roots.get(0).stageId())).stream()
                    .anyMatch(request -> request.attempt() == 2));
    others.say(OtherServices.failed(roots.get(0)));
    fulfilAll(id, stages);
    assertThat(study(id).getString("state")).isEqualTo("COMPLETED");
  }

  @Test
  void aStudyWhoseCheckpointCannotBeScoredSaysWhyAndAsksAgainWhenSubmittedAgain() {
    String text = study("unscored", "91");
    String id = submit(text);
    Set<String> stages = stages(id);
    await().until(() -> others.seen(StageRequested.class, stages).size() == 2);
    StageRequested root = others.seen(StageRequested.class, stages).getFirst();
    others.say(OtherServices.unscored(root));
    others.say(OtherServices.completed(root));
    fulfilUntil(id, stages, Set.of(root.stageId()), "FAILED");

    assertThat(study(id).getList("reasons", String.class))
        .singleElement()
        .asString()
        .contains("CHECKPOINT_UNUSABLE", "A byte has changed", "Restore the file", "scoring");
    assertThat(study(id).getInt("progress.trained")).isEqualTo(stages.size());
    assertThat(stage(id, root.stageId()).getString("failure.remedy"))
        .isEqualTo("Restore the file.");

    assertThat(submit(text)).isEqualTo(id);
    assertThat(study(id).getString("state")).isEqualTo("RUNNING");
    await().until(() -> others.seen(StageRequested.class, Set.of(root.stageId())).size() == 2);
    assertThat(others.seen(StageRequested.class, Set.of(root.stageId())))
        .containsExactly(root, root);
    others.say(OtherServices.evaluated(root));
    await().until(() -> study(id).getString("state").equals("COMPLETED"));
    assertThat(stage(id, root.stageId()).getString("failure")).isNull();
  }

  @Test
  void aCancelledStudyCallsOffWhatNoOtherWants() {
    String cancelled = submit(study("cancelled", "61, 62"));
    String kept = submit(study("kept", "62"));
    Set<String> own = new HashSet<>(stages(cancelled));
    own.removeAll(stages(kept));
    given()
        .post("/api/studies/{id}/cancel", cancelled)
        .then()
        .statusCode(200)
        .body("state", equalTo("CANCELLED"));
    await().until(() -> others.seen(StageCancelled.class, own).size() == 2);
    assertThat(others.seen(StageCancelled.class, stages(kept))).isEmpty();

    others.seen(StageRequested.class, own).stream()
        .map(OtherServices::completed)
        .forEach(others::say);
    fulfilAll(kept, stages(kept));
    assertThat(study(kept).getString("state")).isEqualTo("COMPLETED");
    assertThat(study(cancelled).getString("state")).isEqualTo("CANCELLED");
    assertThat(others.seen(StageRequested.class, own)).hasSize(2);
  }

  @Test
  void anUnknownStageOrAPoisonRecordBlocksNothing() {
    String id = submit(study("robust", "81"));
    Set<String> stages = stages(id);
    await().until(() -> others.seen(StageRequested.class, stages).size() == 2);
    CheckpointEvaluated foreign =
        new CheckpointEvaluated(
            "0".repeat(64), "checkpoints/x", "1".repeat(64), null, 1, List.of(), List.of());
    others.say(foreign);
    fulfilAll(id, stages);
    assertThat(study(id).getString("state")).isEqualTo("COMPLETED");
  }

  private static String asJson(String yaml) {
    try {
      Object tree =
          new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readValue(yaml, Object.class);
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(tree);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every file is listed with its checksum, and the tables are those of the other addresses. */
  private static void reportFolder(byte[] archive, String points) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(files)
        .containsKeys("report.html", "report.md", "statistics.json", "figures/immediate.png");
    assertThat(new String(files.get("points.csv"), UTF_8)).isEqualTo(points);
    Map<String, String> sums = new TreeMap<>();
    new String(files.remove("SHA256SUMS"), UTF_8)
        .lines()
        .forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
    assertThat(sums.keySet()).isEqualTo(files.keySet());
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    files.forEach(
        (file, content) ->
            assertThat(HexFormat.of().formatHex(sha256.digest(content)))
                .as(file)
                .isEqualTo(sums.get(file)));
  }
}
