package io.holdfast.trainer;

import static java.util.Collections.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.lm.train.StageTrainer;
import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainers as processes: what happens to a stage when they die or are told to go. */
class TrainerFaultIT {

  private static final int EPOCHS = 40;

  private static final Map<String, String> WORKER =
      Map.of(
          "mp.messaging.incoming.stage-prepared.enabled", "false",
          "mp.messaging.incoming.stage-cancelled.enabled", "false");

  private static final Map<String, String> JOB = new HashMap<>(WORKER);

  static {
    JOB.put("holdfast.work.exit-after", "1");
  }

  @TempDir static Path directory;

  private static LocalKafka kafka;
  private static LocalPostgres postgres;
  private static Path store;

  private final Map<String, Process> trainers = new HashMap<>();

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
    trainers.values().forEach(Process::destroyForcibly);
    for (Process trainer : trainers.values()) {
      trainer.waitFor();
    }
  }

  /** kill -9 first, SIGTERM then: each time another goes on, and no step is lost or done twice. */
  @Test
  void aStageOutlivesAKilledTrainerAndOneThatIsToldToGo() throws Exception {
    StagePrepared prepared = prepared(21);
    startTrainer("one");
    startTrainer("two");
    try (OtherServices topics = topics()) {
      topics.send(prepared);
      String killed = awaitOtherWorkerThan(null, topics, prepared);
      awaitCheckpoint(prepared);
      trainers.get(killed).destroyForcibly();

      String told = awaitOtherWorkerThan(killed, topics, prepared);
      trainers.get(told).destroy();
      assertThat(trainers.get(told).waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(series(prepared).latest(problem -> {})).isPresent();

      startTrainer("three");
      StageCompleted completed =
          topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
      assertThat(completed.sha256()).isEqualTo(unbroken(prepared));
      assertThat(completed.steps()).isEqualTo(EPOCHS * Stages.STEPS_PER_EPOCH);
      assertThat(completed.tokens()).isEqualTo(EPOCHS * Stages.TOKENS);
      // The lease of the dead one ran out; the one told to go gave its own back.
      assertThat(logOf(told)).content().contains("died (1)");
      assertThat(logOf("three")).content().doesNotContain("died (");
    }
  }

  /**
   * As on a cluster: one process hears the events and trains nothing; each job trains one stage,
   * belongs to no consumer group and ends.
   */
  @Test
  void aJobTrainsOneStageAndEnds() throws Exception {
    StagePrepared one = Stages.prepared(Stages.spec(null, 31, 2), 2, 1, List.of());
    StagePrepared two = Stages.prepared(Stages.spec(null, 32, 2), 2, 1, List.of());
    start("receiver", Map.of("holdfast.work.enabled", "false"));
    try (OtherServices topics = topics()) {
      topics.send(one);
      topics.send(two);
      start("first job", JOB);
      assertThat(trainers.get("first job").waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(trainers.get("first job").exitValue()).isZero();
      start("second job", JOB);
      assertThat(trainers.get("second job").waitFor(60, TimeUnit.SECONDS)).isTrue();
      topics.await(StageCompleted.class, one.stageId(), 1);
      topics.await(StageCompleted.class, two.stageId(), 1);
      for (StagePrepared stage : List.of(one, two)) {
        assertThat(topics.seen(StageProgressed.class, stage.stageId()))
            .extracting(StageProgressed::worker)
            .doesNotContain("receiver")
            .containsOnly(topics.seen(StageProgressed.class, stage.stageId()).getFirst().worker());
      }
      start(
          "idle job",
          Map.of("holdfast.work.exit-when-idle", "1s", "holdfast.work.exit-after", "1"));
      assertThat(trainers.get("idle job").waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(trainers.get("idle job").exitValue()).isZero();
    }
  }

  /** All stages wait before the first trainer comes; who is free takes the most urgent one. */
  @Test
  void severalTrainersShareTheStagesInTheOrderOfTheirPriority() throws Exception {
    List<StagePrepared> stages = new ArrayList<>();
    for (int priority = 1; priority <= 7; priority++) {
      // The most urgent ones take long enough for all trainers to come.
      int epochs = priority > 4 ? EPOCHS / 2 : 1;
      stages.add(
          Stages.prepared(Stages.spec(null, 40 + priority, epochs), epochs, priority, List.of()));
    }
    Map<String, Integer> priorities =
        stages.stream().collect(Collectors.toMap(StagePrepared::stageId, StagePrepared::priority));
    Collections.shuffle(stages);
    start("listener", Map.of("holdfast.work.enabled", "false"));
    try (OtherServices topics = topics()) {
      stages.forEach(topics::send);
      awaitSubmitted(priorities.keySet());
      List<String> workers = List.of("a", "b", "c");
      workers.forEach(worker -> start(worker, patientWorker()));
      priorities.keySet().forEach(stage -> topics.await(StageCompleted.class, stage, 1));

      List<List<Integer>> trained = workers.stream().map(w -> trainedBy(w, priorities)).toList();
      assertThat(trained).allSatisfy(own -> assertThat(own).isSortedAccordingTo(reverseOrder()));
      assertThat(trained.stream().flatMap(List::stream))
          .as("each once")
          .containsExactlyInAnyOrderElementsOf(priorities.values());
      assertThat(trained.stream().filter(own -> !own.isEmpty()).count()).isGreaterThan(1);
      priorities
          .keySet()
          .forEach(stage -> assertThat(topics.seen(StageCompleted.class, stage)).hasSize(1));
    }
  }

  /** On a busy machine a live process can be silent for seconds; here none is to be buried. */
  private static Map<String, String> patientWorker() {
    Map<String, String> config = new HashMap<>(WORKER);
    config.put("holdfast.work.heartbeat", "5s");
    config.put("holdfast.work.missed-heartbeats", "12");
    return config;
  }

  private static void awaitSubmitted(Set<String> stages) throws SQLException {
    try (Connection connection = postgres.connect("holdfast_trainer")) {
      Awaitility.await("all stages wait")
          .atMost(Duration.ofSeconds(60))
          .until(() -> submitted(connection).containsAll(stages));
    }
  }

  private static Set<String> submitted(Connection connection) throws SQLException {
    Set<String> found = new HashSet<>();
    try (ResultSet row =
        connection.createStatement().executeQuery("select task_instance from kit_work")) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }

  /** Priorities of the stages that a trainer began, in the order in which it did. */
  private static List<Integer> trainedBy(String worker, Map<String, Integer> priorities) {
    try (Stream<String> lines = Files.lines(logOf(worker))) {
      return lines
          .filter(line -> line.contains("Training ") && line.contains(" stage "))
          .map(line -> priorities.get(line.substring(line.lastIndexOf(' ') + 1).strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String awaitOtherWorkerThan(
      String worker, OtherServices topics, StagePrepared prepared) {
    return Awaitility.await("progress of another worker than " + worker)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                topics.seen(StageProgressed.class, prepared.stageId()).stream()
                    .map(StageProgressed::worker)
                    .filter(found -> !found.equals(worker))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
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

  private static OtherServices topics() {
    return new OtherServices(
        kafka.bootstrapServers(), "stage-progressed", "stage-completed", "stage-failed");
  }

  private void startTrainer(String name) {
    start(name, Map.of());
  }

  private void start(String name, Map<String, String> further) {
    Map<String, String> config = new HashMap<>(further);
    config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("holdfast_trainer"));
    config.put("quarkus.datasource.username", LocalPostgres.USER);
    config.put("quarkus.datasource.password", postgres.password());
    config.put("quarkus.http.port", "0");
    config.put("holdfast.artifacts.root", store.toString());
    config.put("holdfast.home", store.getParent().toString());
    config.put("holdfast.trainer.worker", name);
    config.put("holdfast.trainer.checkpoint-interval", "500ms");
    config.putIfAbsent("holdfast.work.heartbeat", "500ms");
    config.putIfAbsent("holdfast.work.missed-heartbeats", "4");
    trainers.put(name, TrainerProcess.start(config, logOf(name)));
  }

  private static Path logOf(String name) {
    return Path.of("target", "trainer-" + name.replace(' ', '-') + ".log");
  }
}
