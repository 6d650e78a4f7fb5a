package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.persistence.LedgerStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long a collection takes, and how long decisions wait for it, with {@code
 * holdfast.large-collection} studies of 500 stages that have all ended. See docs/decisions/0015.
 */
@QuarkusTest
@Timeout(1800)
@EnabledIfSystemProperty(named = LargeCollectionIT.STUDIES, matches = "[0-9]+")
class LargeCollectionIT extends StudyFixture {

  static final String STUDIES = "holdfast.large-collection";

  /** With them a study has 500 stages. */
  private static final int RATES = 18;

  @Inject EntityManager entities;
  @Inject LedgerStore ledgers;

  private final PartTimes times = new PartTimes();

  @Test
  void othersDecideMeanwhile() {
    String study = submit(text());
    QuarkusTransaction.requiringNew().timeout(600).run(() -> fill(study));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> others = CompletableFuture.runAsync(() -> decide(over));
    String[] going = new String[1];
    times.timeAcrossThreads("plan", () -> going[0] = ask("GET"));
    times.timeAcrossThreads("plan again", () -> ask("GET"));
    times.timeAcrossThreads("collect", () -> assertThat(ask("POST")).isEqualTo(going[0]));
    times.timeAcrossThreads("collect again", () -> assertThat(ask("POST")).isEqualTo("0"));
    over.set(true);
    others.join();
    System.out.println(going[0] + " stages go");
    System.out.println(times.table());
  }

  private static String ask(String method) {
    JsonPath plan = given().request(method, "/api/collection?keep_days=0").jsonPath();
    return String.valueOf(plan.getList("stages").size());
  }

  /** What another pod waits for the ledger, again and again. */
  private void decide(AtomicBoolean over) {
    while (!over.get()) {
      times.time("another decision", () -> QuarkusTransaction.requiringNew().run(ledgers::lock));
    }
  }

  private void fill(String study) {
    int studies = Integer.getInteger(STUDIES);
    String again = "regexp_replace(%s, '[0-9a-f]{8}$', lpad(to_hex(n), 8, '0'))";
    String copies = " cross join generate_series(1, " + (studies - 1) + ") n";
    run(
        "update study set state = 'COMPLETED', finished_at = now() where id = '%s'"
            .formatted(study));
    run(
        "update stage set state = 'TRAINED', attempt = 1, sha256 = id, finished_at = now(),"
            + " completion_json = replace('%s', '@', id)".formatted(Json.write(completion()))
            + " where id in (select stage_id from study_stage where study_id = '%s')"
                .formatted(study));
    run(
        "insert into study (id, name, state, source, recipes_json, corpora_json, lineages_json,"
            + " plan_json, submitted_at, finished_at) select id || n, name || n, state, source,"
            + " recipes_json, corpora_json, lineages_json, plan_json, submitted_at, finished_at"
            + " from study"
            + copies
            + " where id = '%s'".formatted(study));
    String lineages =
        (String) one("select lineages_json from study where id = '%s'".formatted(study));
    for (int n = 1; n < studies; n++) {
      entities
          .createNativeQuery("update study set lineages_json = :text where id = :id")
          .setParameter(
              "text",
              lineages.replaceAll("\"([0-9a-f]{56})[0-9a-f]{8}\"", "\"$1%08x\"".formatted(n)))
          .setParameter("id", study + n)
          .executeUpdate();
    }
    run(
        "insert into stage (id, kind, parent, spec_json, state, attempt, sha256, completion_json,"
            + " finished_at) select %s, kind, %s, spec_json, state, attempt, sha256,"
                .formatted(again.formatted("id"), again.formatted("parent"))
            + " completion_json, finished_at from stage"
            + copies
            + " where id in (select stage_id from study_stage where study_id = '%s')"
                .formatted(study));
    run(
        "insert into study_stage (study_id, stage_id, ordinal, priority, evaluations_json) select"
            + " study_id || n, %s, ordinal, priority, evaluations_json from study_stage"
                .formatted(again.formatted("stage_id"))
            + copies
            + " where study_id = '%s'".formatted(study));
    int rows =
        run(
            "insert into evaluation (stage_id, sha256, point, corpus, tokens, loss,"
                + " standard_error, windows, bytes, perplexity, bits_per_byte, evaluated_at)"
                + " select stage_id, stage.sha256, '{\"kind\":\"final\"}',"
                + " w -> 'set' ->> 'corpus', (w -> 'set' ->> 'max_tokens')::bigint, 2 + random(),"
                + " 0.02, 10, 400, 9, 1, now() from study_stage join stage on stage.id = stage_id,"
                + " json_array_elements(evaluations_json::json) w where study_id like '%s%%'"
                    .formatted(study));
    run("analyze");
    System.out.printf(
        "%s stages, %s studies, %d scores%n",
        one("select count(*) from stage"), one("select count(*) from study"), rows);
  }

  private int run(String statement) {
    // Hibernate takes a colon for a parameter.
    return entities.createNativeQuery(statement.replace("::", "\\:\\:")).executeUpdate();
  }

  private Object one(String query) {
    return entities.createNativeQuery(query).getSingleResult();
  }

  private static StageCompleted completion() {
    return new StageCompleted(
        "@", "checkpoints/@", "@", 1, 100, Map.of(), false, 1, null, 1, 1, java.util.List.of(), 1);
  }

  private static String text() {
    return SampleStudy.TEXT
            .replace("study: sample", "study: collection")
            .replace("seeds: [4, 5, 6]", "seeds: [1, 2, 3, 4, 5]")
            .replace(
                "[1e-4, 3e-4, 1e-3]",
                IntStream.range(0, RATES)
                    .mapToObj(i -> "%.7f".formatted(1e-4 + i * 1e-7))
                    .collect(Collectors.joining(", ", "[", "]")))
        + IntStream.of(20, 40, 60)
            .mapToObj(
                p -> "  part%d:\n    pretrain: {exposure: {fraction: 0.%d}}\n".formatted(p, p))
            .collect(Collectors.joining());
  }
}
