package io.holdfast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.lm.train.StageTrainer;
import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainers as processes: what happens to a stage when they die or are told to go. */
class TrainerFaultIT {

  private static final int EPOCHS = 60;

  @TempDir static Path directory;

  private static LocalKafka kafka;
  private static LocalPostgres postgres;
  private static Path store;

  private final List<Process> trainers = new ArrayList<>();

  @BeforeAll
  static void startInfrastructure() {
    store = directory.resolve("artifacts");
    StageFiles.write(store);
    kafka = LocalKafka.start(directory.resolve("kafka"), 0);
    postgres = LocalPostgres.start(directory.resolve("postgres"), 0);
    postgres.createDatabases(List.of("holdfast_trainer"));
  }

  @AfterAll
  static void stopInfrastructure() {
    kafka.close();
    postgres.close();
  }

  @AfterEach
  void stopTrainers() throws InterruptedException {
    trainers.forEach(Process::destroyForcibly);
    for (Process trainer : trainers) {
      trainer.waitFor();
    }
  }

  @Test
  void aKilledTrainersStageEndsWithTheWeightsOfAnUnbrokenRun() {
    StagePrepared prepared = prepared(21);
    startTrainer("first");
    try (StageTopics topics = topics()) {
      topics.send(prepared);
      awaitCheckpoint(prepared);
      trainers.getFirst().destroyForcibly();
      long reports = topics.seen(StageProgressed.class, prepared.stageId()).size();
      assertThat(reports).isPositive();
      startTrainer("second");

      StageCompleted completed =
          topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();

      assertThat(completed.sha256()).isEqualTo(unbroken(prepared));
      assertThat(completed.tokens()).isEqualTo(EPOCHS * Stages.TOKENS);
    }
  }

  @Test
  void aTrainerToldToGoSavesAndAnotherGoesOnAtOnce() throws InterruptedException {
    StagePrepared prepared = prepared(22);
    startTrainer("first");
    try (StageTopics topics = topics()) {
      topics.send(prepared);
      String worker =
          topics.await(StageProgressed.class, prepared.stageId(), 1).getFirst().worker();
      assertThat(worker).isEqualTo("first");
      startTrainer("second");

      trainers.getFirst().destroy();

      assertThat(trainers.getFirst().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(series(prepared).latest(problem -> {})).isPresent();
      StageCompleted completed =
          topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
      assertThat(completed.sha256()).isEqualTo(unbroken(prepared));
      assertThat(topics.seen(StageProgressed.class, prepared.stageId()).getLast().worker())
          .isEqualTo("second");
    }
  }

  private static StagePrepared prepared(long seed) {
    return Stages.prepared(Stages.spec(null, seed, EPOCHS), EPOCHS, 1, List.of());
  }

  private static CheckpointSeries series(StagePrepared prepared) {
    return new CheckpointSeries(store.resolve("checkpoints/" + prepared.stageId()));
  }

  private static void awaitCheckpoint(StagePrepared prepared) {
    Awaitility.await("a resumable checkpoint")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !series(prepared).steps().isEmpty());
  }

  private static String unbroken(StagePrepared prepared) {
    StageOutcome outcome =
        new StageTrainer()
            .train(
                StageFiles.run(
                    prepared, ArtifactPaths.under(store), directory.resolve(prepared.stageId())),
                StageListener.silent(),
                () -> false);
    return ((StageOutcome.Completed) outcome).sha256();
  }

  private static StageTopics topics() {
    return new StageTopics(
        kafka.bootstrapServers(), "stage-progressed", "stage-completed", "stage-failed");
  }

  private void startTrainer(String name) {
    Map<String, String> config = new HashMap<>();
    config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("holdfast_trainer"));
    config.put("quarkus.datasource.username", LocalPostgres.USER);
    config.put("quarkus.datasource.password", LocalPostgres.PASSWORD);
    config.put("quarkus.http.port", "0");
    config.put("holdfast.artifacts.root", store.toString());
    config.put("holdfast.trainer.worker", name);
    config.put("holdfast.trainer.checkpoint-interval", "300ms");
    config.put("holdfast.work.heartbeat", "500ms");
    config.put("holdfast.work.missed-heartbeats", "4");
    trainers.add(TrainerProcess.start(config, directory.resolve(name + ".log")));
  }
}
