package io.holdfast.kit.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells "the database is away" from "this event cannot be applied". Only the former gets better by
 * waiting.
 */
final class InfrastructureFailure {

  /**
   * SQLState classes: connection, transaction rollback (deadlock), resources, operator intervention
   * (shutdown), system error, and none at all (the connection pool's own).
   */
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

  private InfrastructureFailure() {}

  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof UncheckedIOException
          || cause instanceof RetriableException
          || cause instanceof SQLException sql && isTransient(sql)) {
        return true;
      }
    }
    return false;
  }

  static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private static boolean isTransient(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || state == null
        || state.length() == 5 && CLASSES.contains(state.substring(0, 2));
  }
}
