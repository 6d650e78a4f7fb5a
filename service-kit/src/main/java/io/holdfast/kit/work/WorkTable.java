package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The statements on {@code kit_work} that db-scheduler has no words for. Each joins the caller's
 * transaction when there is one. Failures are reported as {@link WorkTableException}.
 */
final class WorkTable {

  static final String NAME = "kit_work";

  static final int MOST_COUNTED = 10_000;

  private static final String OWNED =
      " where task_name = ? and task_instance = ? and task_data = ? and version = ? and picked";

  private static final String RELEASE =
      "update kit_work set picked = false, picked_by = null, last_heartbeat = null,"
          + " version = version + 1,";

  private final DataSource database;

  WorkTable(DataSource database) {
    this.database = database;
  }

  /**
   * Due a second ago: pods know the database's time to a few milliseconds only, and new work should
   * not wait for the next poll because of them.
   */
  void submit(String kind, String id, int priority) {
    execute(
        "insert into kit_work (task_name, task_instance, task_data, execution_time, picked,"
            + " version, priority) values (?, ?, convert_to(?, 'UTF8'), clock_timestamp() -"
            + " interval '1 second', false, 1, ?) on conflict (task_name, task_instance) do update"
            + " set submissions = kit_work.submissions + 1, priority = greatest(kit_work.priority,"
            + " excluded.priority)",
        kind,
        id,
        UUID.randomUUID().toString(),
        priority);
  }

  void cancel(String kind, String id) {
    execute("delete from kit_work where task_name = ? and task_instance = ?", kind, id);
  }

  /** Locks the row until the transaction ends; empty when it is not this execution's any more. */
  Optional<State> lock(Execution execution) {
    return query(
        "select submissions, crashes, last_heartbeat from kit_work" + OWNED + " for no key update",
        execution);
  }

  /** Like {@link #lock}, without locking. */
  Optional<State> read(Execution execution) {
    return query("select submissions, crashes, last_heartbeat from kit_work" + OWNED, execution);
  }

  boolean remove(Execution execution) {
    return update("delete from kit_work" + OWNED, execution) == 1;
  }

  /** Makes a waiting item due now, and one that is performed be performed once more. */
  void wake(String kind, String id) {
    execute(
        "update kit_work set submissions = submissions + 1, execution_time = case when picked"
            + " then execution_time else clock_timestamp() - interval '1 second' end"
            + " where task_name = ? and task_instance = ?",
        kind,
        id);
  }

  /** Frees the item for any worker, now. */
  boolean release(Execution execution) {
    return update(
            RELEASE + " execution_time = clock_timestamp() - interval '1 second'" + OWNED,
            execution)
        == 1;
  }

  /** Frees the item for any worker after a pause; nothing is held against it. */
  boolean postpone(Execution execution, Duration pause) {
    return update(
            RELEASE
                + " consecutive_failures = 0, crashes = 0,"
                + " execution_time = clock_timestamp() + interval '"
                + pause.toMillis()
                + " milliseconds'"
                + OWNED,
            execution)
        == 1;
  }

  boolean releaseAfterFailure(Execution execution, Duration pause) {
    return update(
            RELEASE
                + " consecutive_failures = coalesce(consecutive_failures, 0) + 1,"
                + " last_failure = clock_timestamp(),"
                + " execution_time = clock_timestamp() + interval '"
                + pause.toMillis()
                + " milliseconds'"
                + OWNED,
            execution)
        == 1;
  }

  boolean releaseAfterDeath(Execution execution) {
    return update(
            RELEASE
                + " crashes = crashes + 1,"
                + " execution_time = clock_timestamp() - interval '1 second'"
                + OWNED,
            execution)
        == 1;
  }

  boolean forgetCrashes(Execution execution) {
    return update("update kit_work set crashes = 0" + OWNED, execution) == 1;
  }

  /**
   * Items of a kind that are due and that nobody performs, counted up to {@link #MOST_COUNTED}:
   * every pod is asked for it every few seconds.
   */
  long waiting(String kind) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from (select 1 from kit_work where task_name = ? and not picked"
                    + " and execution_time <= clock_timestamp() limit "
                    + MOST_COUNTED
                    + ") waiting")) {
      statement.setString(1, kind);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new WorkTableException(e);
    }
  }

  private int update(String sql, Execution execution) {
    return execute(sql, parameters(execution));
  }

  private static Object[] parameters(Execution execution) {
    return new Object[] {
      execution.getTaskName(),
      execution.getId(),
      SubmissionSerializer.bytes((String) execution.taskInstance.getData()),
      execution.version
    };
  }

  private int execute(String sql, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new WorkTableException(e);
    }
  }

  private Optional<State> query(String sql, Execution execution) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Object[] parameters = parameters(execution);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(State.of(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new WorkTableException(e);
    }
  }

  /** What db-scheduler does not count. */
  record State(int submissions, int crashes, Instant lastHeartbeat) {

    static State of(ResultSet row) throws SQLException {
      return new State(
          row.getInt(1), row.getInt(2), row.getObject(3, OffsetDateTime.class).toInstant());
    }
  }

  /** The database refused; the cause says why. */
  static final class WorkTableException extends RuntimeException {
    WorkTableException(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
