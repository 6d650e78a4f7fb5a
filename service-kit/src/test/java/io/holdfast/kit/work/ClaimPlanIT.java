package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a thousand pods ask all the time costs the same however much work waits. A plan for any
 * parameters is the worst case: the database keeps it for pods that started on an empty table.
 */
@QuarkusTest
@QuarkusTestResource(LocalInfrastructureResource.class)
class ClaimPlanIT {

  @Inject AgroalDataSource database;

  @Test
  void claimReadsItsItemAndNotTheQueue() throws SQLException {
    String sql = ClaimByKind.sql(1);
    for (int i = 1; i <= 4; i++) {
      sql = sql.replaceFirst("\\?", "\\$" + i);
    }
    String plan =
        plan(
            "prepare asked(text, timestamptz, text, timestamptz) as " + sql,
            "'crowd', now(), 'me', now()");
    assertThat(plan).contains("Index Scan using kit_work_due").doesNotContain("Seq Scan");
  }

  /** The planner may come to such a plan by itself as long as the table is small. */
  @Test
  void claimTakesNoMoreThanItsLimitByAPlanThatAsksForEachRow() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement claim = connection.prepareStatement(ClaimByKind.sql(2))) {
      connection.setAutoCommit(false);
      try {
        insert(statement, 10);
        for (String other :
            List.of("hashjoin", "mergejoin", "hashagg", "indexscan", "bitmapscan", "material")) {
          statement.execute("set local enable_%s = off".formatted(other));
        }
        OffsetDateTime later = OffsetDateTime.now().plusHours(1);
        claim.setString(1, "crowd");
        claim.setObject(2, later);
        claim.setString(3, "me");
        claim.setObject(4, later);
        int claimed = 0;
        for (ResultSet rows = claim.executeQuery(); rows.next(); ) {
          claimed++;
        }
        assertThat(claimed).isEqualTo(2);
      } finally {
        connection.rollback();
      }
    }
  }

  /** As db-scheduler asks for dead executions. */
  @Test
  void searchForDeadWorkersReadsWhatIsPicked() throws SQLException {
    String plan =
        plan(
            "prepare asked(boolean, timestamptz) as select * from kit_work"
                + " where picked = $1 and last_heartbeat <= $2 order by last_heartbeat",
            "true, now() - interval '10 seconds'");
    assertThat(plan).contains("kit_work_heartbeat").doesNotContain("Seq Scan");
  }

  private String plan(String prepare, String parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        insert(statement, 20_000);
        statement.execute("set local plan_cache_mode = force_generic_plan");
        statement.execute(prepare);
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("explain execute asked(" + parameters + ")")) {
          while (rows.next()) {
            plan.append(rows.getString(1)).append('\n');
          }
        }
        statement.execute("deallocate asked");
        return plan.toString();
      } finally {
        connection.rollback();
      }
    }
  }

  private static void insert(Statement statement, int items) throws SQLException {
    statement.execute(
        "insert into kit_work (task_name, task_instance, task_data, execution_time, picked,"
            + " version, priority) select 'crowd', i, '', now(), false, 1, i % 7"
            + " from generate_series(1, "
            + items
            + ") i");
  }
}
