package io.holdfast.eval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.lm.evaluate.LossEvaluator;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Published checkpoints and their scores, over the real topics. */
@QuarkusTest
class EvaluationIT extends EvaluationFixture {

  @Inject AgroalDataSource database;

  @Test
  void scoresAPublishedCheckpointOnEverySet() {
    CheckpointPublished published = HeldOutFiles.checkpoint(root, "scored", 1, prose, code);
    topics.send(published);

    CheckpointEvaluated evaluated = topics.await(CheckpointEvaluated.class, "scored", 1).getFirst();

    assertThat(evaluated.sha256()).isEqualTo(published.sha256());
    assertThat(evaluated.checkpoint()).isEqualTo(published.checkpoint());
    assertThat(evaluated.step()).isEqualTo(10);
    assertThat(evaluated.results()).extracting(LossResult::corpus).containsExactly("prose", "code");
    assertThat(evaluated.results())
        .allSatisfy(
            result -> {
              assertThat(result.tokens()).isEqualTo(HeldOutFiles.TOKENS);
              // Random weights know nothing: about ln 257 for each token.
              assertThat(result.lossNatsPerToken()).isCloseTo(Math.log(257), within(0.1));
              assertThat(result.perplexity())
                  .isCloseTo(Math.exp(result.lossNatsPerToken()), within(1e-6));
              assertThat(result.standardError()).isPositive();
            });
    assertThat(evaluated.results()).isEqualTo(scoredDirectly(published));
  }

  private List<LossResult> scoredDirectly(CheckpointPublished published) {
    return new LossEvaluator()
        .evaluate(
            artifacts.resolve(published.checkpoint()),
            published.sequenceLength(),
            published.evaluations(),
            artifacts::resolve);
  }

  @Test
  void duplicatesChangeNothingAndAreAnsweredFromWhatIsStored() throws SQLException {
    CheckpointPublished published = HeldOutFiles.checkpoint(root, "twice", 2, prose);
    CloudEvent envelope = CloudEvent.of("/holdfast/test", Instant.now(), published);
    topics.sendRaw("checkpoint-published", "twice", envelope.toJson());
    topics.sendRaw("checkpoint-published", "twice", envelope.toJson());
    CheckpointEvaluated first = topics.await(CheckpointEvaluated.class, "twice", 1).getFirst();
    List<String> stored = storedScores(published);

    topics.send(published);

    assertThat(topics.await(CheckpointEvaluated.class, "twice", 2)).containsExactly(first, first);
    assertThat(storedScores(published)).hasSize(1).isEqualTo(stored);
  }

  @Test
  void onlyWhatIsMissingIsScoredAndEqualWeightsShareTheirScores() throws SQLException {
    CheckpointPublished first = HeldOutFiles.checkpoint(root, "shared-1", 3, prose);
    topics.send(first);
    topics.await(CheckpointEvaluated.class, "shared-1", 1);
    List<String> stored = storedScores(first);

    CheckpointPublished second = HeldOutFiles.checkpoint(root, "shared-2", 3, code, prose);
    assertThat(second.sha256()).isEqualTo(first.sha256());
    topics.send(second);

    CheckpointEvaluated answer = topics.await(CheckpointEvaluated.class, "shared-2", 1).getFirst();
    assertThat(answer.results()).extracting(LossResult::corpus).containsExactly("code", "prose");
    assertThat(storedScores(first)).hasSize(2).containsAll(stored);
    assertThat(topics.seen(CheckpointEvaluated.class, "shared-1")).hasSize(1);
  }

  @Test
  void moreOfASetOfCompletionsIsReadWhenMoreIsAskedFor() {
    HeldOutShard answers = HeldOutFiles.completions(root, "answers");
    topics.send(HeldOutFiles.checkpoint(root, "answers-1", 8, first(answers, 200)));
    LossResult few =
        topics.await(CheckpointEvaluated.class, "answers-1", 1).getFirst().results().getFirst();
    topics.send(HeldOutFiles.checkpoint(root, "answers-2", 8, first(answers, 600)));
    LossResult more =
        topics.await(CheckpointEvaluated.class, "answers-2", 1).getFirst().results().getFirst();

    assertThat(few.tokens()).isEqualTo(more.tokens()).isEqualTo(50);
    assertThat(few.readTokens()).isEqualTo(200);
    assertThat(more.readTokens()).isEqualTo(600);
    assertThat(more.windows()).isGreaterThan(few.windows());
    assertThat(more.lossNatsPerToken()).isCloseTo(few.lossNatsPerToken(), within(1e-5));
  }

  private static HeldOutShard first(HeldOutShard shard, long tokens) {
    return new HeldOutShard(shard.corpus(), shard.shard(), shard.endOfText(), tokens);
  }

  @Test
  void aScoreOfOldKeepsItsLossAndLearnsHowMuchWasRead() throws SQLException {
    CheckpointPublished published = HeldOutFiles.checkpoint(root, "of-old", 7, prose);
    topics.send(published);
    LossResult scored =
        topics.await(CheckpointEvaluated.class, "of-old", 1).getFirst().results().getFirst();
    assertThat(scored.readTokens()).isEqualTo(scored.tokens());
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "update evaluation set result = (result::jsonb - 'read_tokens'"
                    + " || '{\"loss_nats_per_token\": 1.25, \"tokens\": 5}')::text"
                    + " where sha256 = ?")) {
      update.setString(1, published.sha256());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }

    topics.send(published);

    LossResult again =
        topics.await(CheckpointEvaluated.class, "of-old", 2).getLast().results().getFirst();
    assertThat(again.lossNatsPerToken()).isEqualTo(1.25);
    assertThat(again.tokens()).isEqualTo(5);
    assertThat(again.readTokens()).isEqualTo(scored.readTokens());
    assertThat(storedScores(published)).hasSize(1);
  }

  @Test
  void aCheckpointWithOtherWeightsThanPublishedIsNotScored() throws Exception {
    CheckpointPublished published = HeldOutFiles.checkpoint(root, "changed", 4, prose);
    Path weights = artifacts.resolve(published.checkpoint()).resolve("model.safetensors");
    byte[] original = Files.readAllBytes(weights);
    byte[] changed = original.clone();
    changed[changed.length - 1] ^= 1;
    Files.write(weights, changed);
    int before = givenUp();
    topics.send(published);
    awaitGivenUp(before + 1);
    assertThat(storedScores(published)).isEmpty();
    EvaluationFailed failed = topics.await(EvaluationFailed.class, "changed", 1).getFirst();
    assertThat(failed.sha256()).isEqualTo(published.sha256());
    assertThat(failed.checkpoint()).isEqualTo(published.checkpoint());
    assertThat(failed.code()).isEqualTo(FailureCode.CHECKPOINT_UNUSABLE);
    assertThat(failed.message()).contains("model.safetensors");
    assertThat(failed.remedy()).isNotBlank();

    // The right bytes are back, and somebody asks again.
    Files.write(weights, original);
    topics.send(published);

    topics.await(CheckpointEvaluated.class, "changed", 1);
    awaitGivenUp(before);
    assertThat(topics.seen(EvaluationFailed.class, "changed")).containsExactly(failed);
  }

  @Test
  void everyStageThatAsksForUnreadableWeightsIsToldEachTime() throws Exception {
    CheckpointPublished first = HeldOutFiles.checkpoint(root, "told-1", 8, prose);
    CheckpointPublished more = HeldOutFiles.checkpoint(root, "told-1", 8, prose, code);
    CheckpointPublished twin = HeldOutFiles.checkpoint(root, "told-2", 8, prose);
    for (CheckpointPublished published : List.of(first, twin)) {
      Files.delete(artifacts.resolve(published.checkpoint()).resolve("model.safetensors"));
    }
    topics.send(first);
    topics.await(EvaluationFailed.class, "told-1", 1);
    topics.send(more);
    topics.send(twin);
    topics.await(EvaluationFailed.class, "told-1", 2);
    topics.await(EvaluationFailed.class, "told-2", 1);
    assertThat(topics.seen(EvaluationFailed.class, "told-1"))
        .hasSize(2)
        .allMatch(failed -> failed.sha256().equals(first.sha256()));
    assertThat(topics.seen(CheckpointEvaluated.class, "told-1")).isEmpty();
  }

  @Test
  void aDirectoryThatHoldsAnotherCheckpointIsNotScored() throws SQLException {
    CheckpointPublished there = HeldOutFiles.checkpoint(root, "replaced", 7, prose);
    CheckpointPublished claimed =
        new CheckpointPublished(
            there.stageId(),
            there.checkpoint(),
            "0".repeat(64),
            there.step(),
            there.tokens(),
            true,
            null,
            1,
            null,
            there.tokenizer(),
            there.sequenceLength(),
            there.evaluations(),
            List.of(),
            List.of());
    int before = givenUp();
    topics.send(claimed);
    awaitGivenUp(before + 1);
    assertThat(storedScores(claimed)).isEmpty();
    assertThat(storedScores(there)).isEmpty();
  }

  @Test
  void unreadableRecordsArePutAsideAndHoldNobodyUp() {
    CheckpointPublished good = HeldOutFiles.checkpoint(root, "good", 5, prose);
    topics.sendRaw("checkpoint-published", "good", "{\"type\":\"nonsense\"}");
    topics.send(good);

    topics.await(CheckpointEvaluated.class, "good", 1);
    assertThat(topics.awaitRecord("checkpoint-published.dead-letter", "good").value())
        .isEqualTo("{\"type\":\"nonsense\"}");
  }

  @Test
  void tellsHowItIs() {
    CheckpointPublished published = HeldOutFiles.checkpoint(root, "counted", 6, prose);
    topics.send(published);
    topics.await(CheckpointEvaluated.class, "counted", 1);

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
        .body(containsString("holdfast_eval_evaluations_total"));
    given().get("/q/openapi").then().statusCode(200).body(containsString("/api/evaluations"));
  }

  private static int givenUp() {
    return given().get("/api/evaluations").then().extract().path("given_up");
  }

  private static void awaitGivenUp(int count) {
    Awaitility.await("%d requests given up".formatted(count))
        .atMost(Duration.ofSeconds(30))
        .until(EvaluationIT::givenUp, found -> found == count);
  }

  /** Scores of these weights with the time they were made. */
  private List<String> storedScores(CheckpointPublished published) throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "select result || evaluated_at from evaluation where sha256 = ? order by 1")) {
      query.setString(1, published.sha256());
      List<String> scores = new ArrayList<>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          scores.add(rows.getString(1));
        }
      }
      return scores;
    }
  }
}
