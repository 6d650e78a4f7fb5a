package io.holdfast.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.local.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What KEDA would count, asked of a real table of work. */
class BacklogTest {

  private static final List<String> WORKERS =
      List.of("data-worker", "trainer-worker", "eval-worker");

  @TempDir static Path directory;

  private static LocalPostgres postgres;
  private static Connection connection;

  @BeforeAll
  static void makeTable() throws IOException, SQLException {
    postgres = LocalPostgres.start(directory, 0);
    connection = postgres.connect("postgres");
    try (InputStream script =
            BacklogTest.class.getResourceAsStream("/db/kit/V0.1__outbox_inbox_and_work.sql");
        Statement statement = connection.createStatement()) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      // One under way, two that are due, one that waits for a later time; of any kind.
      insert(statement, "train", "a", "-1 second", true);
      insert(statement, "train", "b", "-1 second", false);
      insert(statement, "other", "c", "-1 second", false);
      insert(statement, "train", "d", "1 hour", false);
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    postgres.close();
  }

  @Test
  void asManyWorkersAsThereIsWorkThatTheyCouldDo() throws SQLException {
    Rendered keda = Rendered.of("overlays/keda");
    for (String worker : WORKERS) {
      assertThat(count(trigger(keda.the("ScaledObject", worker)))).as(worker).isEqualTo(3);
    }
  }

  @Test
  void asManyNewJobsAsThereIsWorkThatNobodyDoes() throws SQLException {
    Rendered jobs = Rendered.of("overlays/keda-jobs");
    assertThat(count(trigger(jobs.the("ScaledJob", "trainer")))).isEqualTo(2);
  }

  @Test
  void eachAsksTheDatabaseOfItsOwnService() {
    Stream.of("data", "trainer", "eval")
        .forEach(
            service -> {
              JsonNode trigger =
                  trigger(Rendered.of("overlays/keda").the("ScaledObject", service + "-worker"));
              assertThat(trigger.at("/metadata/dbName").asText()).isEqualTo("holdfast_" + service);
              assertThat(trigger.at("/authenticationRef/name").asText())
                  .isEqualTo(service + "-backlog");
            });
  }

  private static JsonNode trigger(JsonNode scaled) {
    assertThat(scaled.at("/spec/triggers")).hasSize(1);
    return scaled.at("/spec/triggers/0");
  }

  private static long count(JsonNode trigger) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(trigger.at("/metadata/query").asText())) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void insert(
      Statement statement, String kind, String id, String when, boolean picked)
      throws SQLException {
    statement.execute(
        "insert into kit_work (task_name, task_instance, task_data, execution_time, picked,"
            + " version, priority) values ('%s', '%s', '', now() + interval '%s', %s, 1, 0)"
                .formatted(kind, id, when, picked));
  }
}
