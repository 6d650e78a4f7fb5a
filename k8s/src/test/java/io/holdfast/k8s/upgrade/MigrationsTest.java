package io.holdfast.k8s.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.local.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * During a rolling upgrade, pods of the previous version read and write tables that a new pod has
 * migrated already. So a migration only adds what they may leave out; what is no longer needed goes
 * one release later.
 */
class MigrationsTest {

  /** Broke the rule before there was anything to upgrade from. None may be added. */
  private static final List<String> BEFORE_THE_FIRST_RELEASE =
      List.of(
          "data-service V5__tasks: corpus has a new rule:"
              + " CHECK ((num_nonnulls(embedded, path, task) = 1))",
          "eval-service V2__points_and_cancellations: evaluation_request.stage_id is new, not null"
              + " and has no default",
          "frontier-service V3__points: evaluation.point is new, not null and has no default",
          "frontier-service V3__points: evaluation has a new rule:"
              + " PRIMARY KEY (stage_id, sha256, point, corpus, tokens)",
          "frontier-service V3__points: stage.evaluation_failure_json is gone",
          // A trigger fills it in for pods that leave it out, for which the key is the one of
          // before.
          "frontier-service V7__read_tokens: evaluation.read_tokens is new, not null and has no"
              + " default",
          "frontier-service V7__read_tokens: evaluation has a new rule:"
              + " PRIMARY KEY (stage_id, sha256, point, corpus, read_tokens)");

  @TempDir static Path directory;

  private static LocalPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = LocalPostgres.start(directory, 0);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-service", "trainer-service", "eval-service", "frontier-service"})
  void podsOfThePreviousVersionGoOnWorking(String service) throws SQLException {
    List<String> problems = new ArrayList<>();
    try (Connection connection = connect(service.replace('-', '_'))) {
      Tables before = Tables.of(connection);
      for (Migrations migration : Migrations.of(service)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(migration.sql());
        }
        Tables after = Tables.of(connection);
        before
            .brokenBy(after)
            .forEach(p -> problems.add("%s %s: %s".formatted(service, migration.name(), p)));
        before = after;
      }
    }
    problems.removeAll(BEFORE_THE_FIRST_RELEASE);
    assertThat(problems).isEmpty();
  }

  @Test
  void whatWouldStopThemIsFound() throws SQLException {
    try (Connection connection = connect("broken");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table a (id int primary key, x text, y int, z int); create table b (id int)");
      Tables before = Tables.of(connection);
      statement.execute(
          """
          drop table b;
          alter table a drop column x, alter column y set not null, alter column z type bigint,
            add column added int not null, add column fine int not null default 0;
          create unique index a_z on a (z);
          alter table a add check (y > 0), add check (fine > 0)""");
      assertThat(before.brokenBy(Tables.of(connection)))
          .containsExactlyInAnyOrder(
              "a.x is gone",
              "a.y may no longer be left out",
              "a.z was integer and is bigint",
              "a.added is new, not null and has no default",
              "a has a new rule: CREATE UNIQUE INDEX a_z ON public.a USING btree (z)",
              "a has a new rule: CHECK ((y > 0))",
              "b is gone");
    }
  }

  private static Connection connect(String database) throws SQLException {
    postgres.createDatabases(List.of(database));
    return postgres.connect(database);
  }
}
