package io.holdfast.kit.events;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.CloudEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Which events were applied, so that a repeated delivery changes nothing. */
@ApplicationScoped
class Inbox {

  private static final Logger LOG = Logger.getLogger(Inbox.class);
  private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);

  private final AgroalDataSource database;
  private final Duration memory;
  private volatile Thread cleaner;

  /**
   * @param memory how long it is remembered which events were applied; longer than Kafka keeps
   *     records
   */
  @Inject
  Inbox(
      AgroalDataSource database,
      @ConfigProperty(name = "holdfast.inbox.memory", defaultValue = "10d") Duration memory) {
    this.database = database;
    this.memory = memory;
  }

  /**
   * Remembers the event in the caller's transaction; false when it was remembered before. Waits for
   * another transaction that is applying the same event right now.
   */
  boolean isNew(String channel, CloudEvent event) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into kit_inbox (channel, source, event_id) values (?, ?, ?)"
                    + " on conflict do nothing")) {
      statement.setString(1, channel);
      statement.setString(2, event.source());
      statement.setString(3, event.id());
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new InboxException(e);
    }
  }

  void onStart(@Observes StartupEvent event) {
    cleaner = Thread.ofVirtual().name("holdfast-inbox").start(this::keepSmall);
  }

  void onStop(@Observes ShutdownEvent event) {
    cleaner.interrupt();
  }

  private void keepSmall() {
    try {
      while (true) {
        forgetOld();
        Thread.sleep(CLEANING_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Kafka keeps records for a week by default; older ones cannot be delivered again, and need not
   * be known. A topic that keeps them for longer wants a longer {@code holdfast.inbox.memory}.
   */
  void forgetOld() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "delete from kit_inbox where received_at < now() - ? * interval '1 second'")) {
      statement.setLong(1, memory.toSeconds());
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.debug("The inbox is cleaned later", e);
    }
  }

  static final class InboxException extends RuntimeException {
    InboxException(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
