package io.holdfast.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.testing.EndpointAccess;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.lm.train.StageTrainer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Prepared stages and their checkpoints, over the real topics. */
@QuarkusTest
class TrainerIT extends TrainerFixture {

  /** Epochs that no test waits for the end of. */
  private static final int ENDLESS = 5_000;

  @Test
  void trainsAPreparedStageAndPublishesItsCheckpoint() {
    StagePrepared prepared = Stages.prepared(11, 1);
    topics.send(prepared);

    StageCompleted completed = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
    CheckpointPublished published =
        topics.await(CheckpointPublished.class, prepared.stageId(), 1).getFirst();
    CheckpointDirectory checkpoint =
        CheckpointDirectory.open(artifacts.resolve(completed.checkpoint())).verify();

    assertThat(checkpoint.sha256()).isEqualTo(completed.sha256()).isEqualTo(published.sha256());
    assertThat(checkpoint.architecture()).isEqualTo(Stages.MODEL);
    assertThat(published.checkpoint()).isEqualTo(completed.checkpoint());
    assertThat(published.evaluations()).isEqualTo(prepared.evaluations());
    assertThat(completed.steps()).isEqualTo(Stages.STEPS_PER_EPOCH);
    assertThat(completed.tokens()).isEqualTo(Stages.TOKENS);
    assertThat(completed.tokensByCorpus()).containsExactly(Map.entry("corpus", Stages.TOKENS));
    StageProgressed last = topics.await(StageProgressed.class, prepared.stageId(), 1).getLast();
    assertThat(last.totalTokens()).isEqualTo(Stages.TOKENS);
    // Six words in random order are far from uniform over 257 tokens.
    assertThat(last.lossNatsPerToken()).isBetween(0.1, Math.log(Stages.VOCAB_SIZE));
  }

  @Test
  void repeatedRequestsTrainOnceAndTellAgain() {
    StagePrepared prepared = Stages.prepared(12, 1);
    CloudEvent envelope = CloudEvent.of("/holdfast/test", Instant.now(), prepared);
    for (int delivery = 0; delivery < 3; delivery++) {
      topics.sendRaw("stage-prepared", prepared.stageId(), envelope.toJson());
    }
    StageCompleted first = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
    StagePrepared moreEvaluations =
        Stages.prepared(prepared.spec(), 1, 1, List.of(Stages.heldOut("another")));
    topics.send(moreEvaluations);

    assertThat(topics.await(StageCompleted.class, prepared.stageId(), 2))
        .containsExactly(first, first);
    List<CheckpointPublished> published =
        topics.await(CheckpointPublished.class, prepared.stageId(), 2);
    assertThat(published)
        .extracting(CheckpointPublished::evaluations)
        .containsExactly(prepared.evaluations(), moreEvaluations.evaluations());
  }

  @Test
  void discardedCheckpointsAreRemovedAndTrainedAgainWhenTheyAreAskedForAgain() {
    StagePrepared prepared = Stages.prepared(19, 1);
    topics.send(prepared);
    StageCompleted first = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
    topics.send(new StageCancelled(prepared.stageId(), 1, true));
    Awaitility.await()
        .until(() -> !artifacts.resolve("checkpoints/" + prepared.stageId()).toFile().exists());

    topics.send(Stages.prepared(prepared.spec(), 1, 2, List.of()));
    StageCompleted again = topics.await(StageCompleted.class, prepared.stageId(), 2).getLast();
    assertThat(again.sha256()).isEqualTo(first.sha256());
    assertThat(artifacts.resolve(again.checkpoint())).isDirectory();
  }

  @Test
  void goesOnFromTheCheckpointOfAnInterruptedWorker() {
    int epochs = 20;
    StagePrepared prepared = prepared(13, epochs, 1);
    StageOutcome unbroken =
        new StageTrainer()
            .train(
                StageFiles.run(prepared, artifacts::resolve, artifacts.resolve("unbroken")),
                StageListener.silent(),
                () -> false);
    interruptAfter(prepared, 700);

    topics.send(prepared);

    StageCompleted completed = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
    assertThat(completed.sha256()).isEqualTo(((StageOutcome.Completed) unbroken).sha256());
    assertThat(completed.tokens()).isEqualTo(epochs * Stages.TOKENS);
    assertThat(topics.seen(StageProgressed.class, prepared.stageId()))
        .isNotEmpty()
        .allSatisfy(progress -> assertThat(progress.step()).isGreaterThan(700));
  }

  @Test
  void aCancelledStageStopsAndGoesOnUnderTheNextAttempt() {
    StagePrepared endless = prepared(14, ENDLESS, 1);
    topics.send(endless);
    topics.await(StageProgressed.class, endless.stageId(), 1);
    given()
        .get("/api/stages")
        .then()
        .statusCode(200)
        .body("training.stage_id", equalTo(endless.stageId()));

    topics.send(new StageCancelled(endless.stageId(), 1));
    awaitIdle();
    // The same attempt once more: still cancelled.
    topics.send(prepared(14, ENDLESS, 1));
    StagePrepared next = Stages.prepared(140, 1);
    topics.send(next);
    topics.await(StageCompleted.class, next.stageId(), 1);
    int reports = topics.seen(StageProgressed.class, endless.stageId()).size();

    topics.send(prepared(14, ENDLESS, 2));
    List<StageProgressed> progress =
        topics.await(StageProgressed.class, endless.stageId(), reports + 1);
    assertThat(progress.get(reports).attempt()).isEqualTo(2);
    topics.send(new StageCancelled(endless.stageId(), 2));
    awaitIdle();
    assertThat(topics.seen(StageCompleted.class, endless.stageId())).isEmpty();
    assertThat(topics.seen(StageFailed.class, endless.stageId())).isEmpty();
  }

  @Test
  void aMissingParentFailsTheStageUntilAHigherAttemptFindsIt() {
    StageSpec parent = Stages.spec(null, 15, 1);
    StageSpec child = Stages.spec(parent.id(), 15, 1);
    topics.send(Stages.prepared(child, 1, 1, List.of()));
    StageFailed failed = topics.await(StageFailed.class, child.id(), 1).getFirst();
    assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE);
    assertThat(failed.attempt()).isEqualTo(1);
    assertThat(failed.remedy()).isNotBlank();

    topics.send(Stages.prepared(parent, 1, 1, List.of()));
    topics.await(StageCompleted.class, parent.id(), 1);
    topics.send(Stages.prepared(child, 1, 1, List.of()));
    assertThat(topics.await(StageFailed.class, child.id(), 2)).containsExactly(failed, failed);

    topics.send(Stages.prepared(child, 1, 2, List.of()));
    assertThat(topics.await(StageCompleted.class, child.id(), 1).getFirst().sha256())
        .isNotEqualTo(topics.seen(StageCompleted.class, parent.id()).getFirst().sha256());
  }

  @Test
  void unreadableRecordsArePutAsideAndHoldNobodyUp() {
    StagePrepared good = Stages.prepared(16, 1);
    StagePrepared misnamed =
        new StagePrepared(
            "f".repeat(64),
            good.spec(),
            good.plan(),
            good.tokenizer(),
            null,
            null,
            good.evaluations(),
            List.of(),
            List.of(),
            1,
            1);
    topics.sendRaw("stage-prepared", good.stageId(), "{\"specversion\":");
    topics.send(misnamed);
    topics.send(good);

    topics.await(StageCompleted.class, good.stageId(), 1);
    assertThat(topics.awaitRecord("stage-prepared.dead-letter", good.stageId()).value())
        .isEqualTo("{\"specversion\":");
    topics.awaitRecord("stage-prepared.dead-letter", misnamed.stageId());
  }

  @Test
  void tellsHowItIsAndWhatItDoes() {
    StagePrepared prepared = Stages.prepared(17, 1);
    topics.send(prepared);
    topics.await(StageCompleted.class, prepared.stageId(), 1);
    awaitIdle();

    // Not at once: a channel is ready when its group has assigned the partitions.
    Awaitility.await("readiness")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .body("checks.findAll { it.status != 'UP' }.name", empty())
                    .body("checks.name", hasItem("engine"))
                    .statusCode(200));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("holdfast_trainer_tokens_total"))
        .body(containsString("holdfast_trainer_stages_total{outcome=\"completed\"}"));
    given().get("/q/openapi").then().statusCode(200).body(containsString("/api/stages"));
  }

  @Test
  void everyEndpointLetsInWhoHasItsRoleAndNobodyElse() throws Exception {
    EndpointAccess.verify("trainer-service");
  }

  private static StagePrepared prepared(long seed, int epochs, int attempt) {
    return Stages.prepared(Stages.spec(null, seed, epochs), epochs, attempt, List.of());
  }

  private static void awaitIdle() {
    Awaitility.await("no stage in training")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                given()
                    .get("/api/stages")
                    .then()
                    .statusCode(200)
                    .body("training", nullValue())
                    .body("queued", equalTo(0)));
  }
}
