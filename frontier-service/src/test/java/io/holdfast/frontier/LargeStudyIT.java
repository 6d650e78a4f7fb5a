package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.conductor.Conductor;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.persistence.SnapshotStore;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long each event of a stage takes, results to {@code frontier-updated} in the outbox, and the
 * answers of the API, in a study of 25 lineages × {@code holdfast.large-study} learning rates × 25
 * points × 3 held-out sets: 54 rates make 100,000 evaluations. See benchmarks/README.md.
 */
@QuarkusTest
@Timeout(1800)
@EnabledIfSystemProperty(named = LargeStudyIT.SIZE, matches = "[0-9]+")
class LargeStudyIT extends StudyFixture {

  static final String SIZE = "holdfast.large-study";

  private static final int ROUNDS = 250;

  /** Rounds before the compiler has seen the code often enough. */
  private static final int WARM_UP = 50;

  /** Any; or all points of a recipe on its front, which is the most that a front can have. */
  private static final String LOSS =
      Boolean.getBoolean("holdfast.large-study.all-on-front")
          ? "case when w -> 'set' ->> 'corpus' = '%s' then 3 - x else 2 + x end"
              .formatted(Json.sha256("factbook"))
              .replace(
                  "x",
                  "('x' || substr(md5(stage_id || coalesce(w ->> 'point', '')), 1, 8))::bit(32)::bigint"
                      + " / 4294967296.0")
          : " 2 + random()";

  /** Stages of which nothing is to come. */
  private static final String DONE =
      "(ordinal < :known or stage_id in (select id from stage where kind <> 'FINE_TUNE'))";

  @Inject Conductor conductor;
  @Inject SnapshotStore snapshots;
  @Inject EntityManager entities;

  private final PartTimes times = new PartTimes();

  /** What is still to come of a stage that was requested. */
  private record ToCome(
      StagePrepared prepared,
      StageProgressed progressed,
      StageCompleted completed,
      CheckpointEvaluated evaluated) {}

  @Test
  void tellsOfEachResultAndAnswers() {
    String study = submit(text(Integer.getInteger(SIZE)));
    List<ToCome> stages = QuarkusTransaction.requiringNew().timeout(600).call(() -> fill(study));
    long before = revision(study);
    long heap = heap();
    ToCome first = stages.getFirst();
    times.time("first event: reads the study", () -> conductor.on(List.of(first.prepared())));
    System.out.printf("kept of the study: %.1f MB%n", (heap() - heap) / 1e6);
    stages.subList(0, WARM_UP).forEach(stage -> deliver(stage, new PartTimes()));
    double database = databaseSeconds();
    List<ToCome> measured = stages.subList(WARM_UP, stages.size());
    measured.subList(0, measured.size() - 1).forEach(stage -> deliver(stage, times));
    System.out.printf(
        "database: %.2f ms a stage%n",
        1e3 * (databaseSeconds() - database) / (measured.size() - 1));
    stages.subList(0, stages.size() - 1).stream()
        .map(ToCome::evaluated)
        .forEach(
            event -> times.time("checkpoint-evaluated, again", () -> conductor.on(List.of(event))));
    deliver(stages.getLast(), times);
    for (String part : List.of("frontiers", "statistics", "recommendation")) {
      times.timeAcrossThreads("GET " + part, () -> get(study, part));
      times.timeAcrossThreads("GET " + part + " again", () -> get(study, part));
    }
    System.out.println(times.table());
    long last = before + 2L * stages.size();
    assertThat(revision(study)).isEqualTo(last);
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                others.seen(FrontierUpdated.class, Set.of(study)).stream()
                    .anyMatch(told -> told.revision() == last));
  }

  private void deliver(ToCome stage, PartTimes times) {
    times.time("stage-prepared", () -> conductor.on(List.of(stage.prepared())));
    times.time("stage-progressed, the first", () -> conductor.progressed(stage.progressed()));
    times.time("stage-progressed", () -> conductor.progressed(stage.progressed()));
    times.time("stage-completed", () -> conductor.on(List.of(stage.completed())));
    times.time("checkpoint-evaluated", () -> conductor.on(List.of(stage.evaluated())));
  }

  private static void get(String study, String part) {
    byte[] body =
        given()
            .get("/api/studies/{id}/{part}", study, part)
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    System.out.printf("%s: %,d bytes%n", part, body.length);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Processor time of the database's processes that serve this one. */
  private double databaseSeconds() {
    List<?> processes =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    entities.createNativeQuery("select pid from pg_stat_activity").getResultList());
    return processes.stream()
        .map(pid -> ProcessHandle.of(((Number) pid).longValue()))
        .flatMap(Optional::stream)
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToDouble(spent -> spent.toMillis() / 1e3)
        .sum();
  }

  private long revision(String study) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                ((Number) sql("select revision from study where id = :study", study)).longValue());
  }

  private Object sql(String query, String study) {
    return entities.createNativeQuery(query).setParameter("study", study).getSingleResult();
  }

  /**
   * Every stage trained and scored but for the last, which are requested and whose marks are
   * scored; gives what those lack.
   */
  private List<ToCome> fill(String study) {
    String completion = Json.write(completion("@"));
    long stages =
        ((Number) sql("select count(*) from study_stage where study_id = :study", study))
            .longValue();
    entities
        .createNativeQuery(
            "update stage set state = 'REQUESTED', attempt = 1, requested_at = now()"
                + " where id in (select stage_id from study_stage where study_id = :study)")
        .setParameter("study", study)
        .executeUpdate();
    entities
        .createNativeQuery(
            "update stage set state = 'TRAINED', sha256 = id, finished_at = now(),"
                + " completion_json = replace(:completion, '@', id)"
                + " where id in (select stage_id from study_stage"
                + " where study_id = :study and "
                + DONE
                + ")")
        .setParameter("completion", completion)
        .setParameter("study", study)
        .setParameter("known", stages - ROUNDS)
        .executeUpdate();
    int rows =
        entities
            .createNativeQuery(
                "insert into evaluation (stage_id, sha256, point, corpus, tokens, loss,"
                    + " standard_error, windows, bytes, perplexity, bits_per_byte, evaluated_at)"
                    + " select stage_id, stage_id || coalesce('-' || (w -> 'point' ->> 'tokens'), ''),"
                    + " coalesce((w -> 'point')::text, :point), w -> 'set' ->> 'corpus',"
                    + " (w -> 'set' ->> 'max_tokens')::bigint,"
                    + LOSS
                    + ", 0.02, 10, 400, 9, 1, now() from study_stage,"
                    + " json_array_elements(evaluations_json::json) w"
                    + " where study_id = :study and (w -> 'point' is not null or "
                    + DONE
                    + ")")
            .setParameter("point", Json.write(EvaluationPoint.FINAL))
            .setParameter("study", study)
            .setParameter("known", stages - ROUNDS)
            .executeUpdate();
    entities.createNativeQuery("analyze").executeUpdate();
    System.out.printf("%d stages, %d evaluations%n", stages, rows);
    assertThat(rows).isGreaterThan(75 * (int) (stages - 50) * 9 / 10);
    StudySnapshot filled = snapshots.find(study).orElseThrow();
    return filled.stages().subList((int) stages - ROUNDS, (int) stages).stream()
        .filter(stage -> stage.spec().kind() == StageKind.FINE_TUNE)
        .map(LargeStudyIT::toCome)
        .toList();
  }

  private static ToCome toCome(StageSnapshot stage) {
    String id = stage.id();
    return new ToCome(
        new StagePrepared(
            id, stage.spec(), null, null, null, null, List.of(), List.of(), List.of(), 1, 1),
        new StageProgressed(id, 1, 1, 100, 1_024, 102_400, 3.2, null, 1e-3, 20_000, "trainer-0"),
        completion(id),
        new CheckpointEvaluated(
            id,
            "checkpoints/" + id,
            id,
            EvaluationPoint.FINAL,
            1,
            stage.wantedSets().stream()
                .filter(wanted -> wanted.point().equals(EvaluationPoint.FINAL))
                .map(LargeStudyIT::result)
                .toList(),
            List.of()));
  }

  private static StageCompleted completion(String id) {
    return new StageCompleted(
        id,
        "checkpoints/" + id,
        id,
        1,
        100,
        Map.of(),
        false,
        1,
        null,
        1,
        1,
        marks()
            .mapToObj(m -> new Marked(m, "checkpoints/" + id + "-" + m, id + "-" + m, 1, m))
            .toList(),
        1);
  }

  /** In trained tokens; the final checkpoint is one more point. */
  private static IntStream marks() {
    return IntStream.range(1, 25).map(i -> i * 4_000);
  }

  private static LossResult result(WantedSet wanted) {
    return new LossResult(
        wanted.set().corpus(),
        2.5,
        0.02,
        wanted.set().maxTokens(),
        10,
        400,
        12,
        1,
        wanted.set().maxTokens());
  }

  private static String text(int rates) {
    String marks = marks().mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    String text =
        SampleStudy.TEXT
            .replace("{corpus: factbook, tokens", "{corpus: factbook, marks: " + marks + ", tokens")
            .replace("study: sample", "study: large")
            .replace("seeds: [4, 5, 6]", "seeds: [1, 2, 3, 4, 5]")
            .replace(
                "[1e-4, 3e-4, 1e-3]",
                IntStream.range(0, rates)
                    .mapToObj(i -> "%.7f".formatted(1e-4 + i * 1e-7))
                    .collect(Collectors.joining(", ", "[", "]")));
    return text
        + IntStream.of(20, 40, 60)
            .mapToObj(
                p -> "  part%d:\n    pretrain: {exposure: {fraction: 0.%d}}\n".formatted(p, p))
            .collect(Collectors.joining());
  }
}
