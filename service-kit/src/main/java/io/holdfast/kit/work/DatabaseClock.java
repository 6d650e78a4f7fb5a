package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The database's time, carried on between readings by this machine's monotonic clock.
 *
 * <p>Leases compare times that different pods wrote. With their own wall clocks a pod that is an
 * hour ahead would take every lease, so nobody's wall clock is used.
 */
final class DatabaseClock implements Clock {

  private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

  private final DataSource database;
  private volatile Reading reading;

  DatabaseClock(DataSource database) throws SQLException {
    this.database = database;
    this.reading = read();
  }

  @Override
  public Instant now() {
    Reading last = reading;
    return last.time.plusNanos(System.nanoTime() - last.nanoTime);
  }

  /** Reads the database's clock; keeps the last reading when the database does not answer. */
  void synchronize() {
    try {
      reading = read();
    } catch (SQLException e) {
      LOG.debug("The database's clock is not readable; going on with the last reading", e);
    }
  }

  private Reading read() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      long before = System.nanoTime();
      try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
        row.next();
        long roundTrip = System.nanoTime() - before;
        Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
        return new Reading(time.plus(Duration.ofNanos(roundTrip / 2)), before + roundTrip);
      }
    }
  }

  private record Reading(Instant time, long nanoTime) {}
}
