package io.holdfast.kit.events;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.CloudEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
   * Remembers the events in the caller's transaction, and gives those that were not remembered
   * before, in their order. Waits for another transaction that is applying one of them right now.
   */
  List<CloudEvent> newOnes(String channel, List<CloudEvent> events) {
    Map<Key, CloudEvent> fresh = new LinkedHashMap<>();
    events.forEach(event -> fresh.putIfAbsent(Key.of(event), event));
    fresh.keySet().retainAll(remember(channel, fresh.keySet()));
    return List.copyOf(fresh.values());
  }

  private Set<Key> remember(String channel, Set<Key> keys) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                // In one order everywhere, so that two who apply the same events wait, not
                // deadlock.
                "insert into kit_inbox (channel, source, event_id)"
                    + " select ?, source, event_id from unnest(?, ?) as e (source, event_id)"
                    + " order by source, event_id"
                    + " on conflict do nothing returning source, event_id")) {
      statement.setString(1, channel);
      statement.setArray(2, texts(connection, keys, Key::source));
      statement.setArray(3, texts(connection, keys, Key::id));
      Set<Key> inserted = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          inserted.add(new Key(rows.getString(1), rows.getString(2)));
        }
      }
      return inserted;
    } catch (SQLException e) {
      throw new InboxException(e);
    }
  }

  private static Array texts(Connection connection, Set<Key> keys, Function<Key, String> text)
      throws SQLException {
    return connection.createArrayOf("text", keys.stream().map(text).toArray());
  }

  /** What tells an event from all others. */
  private record Key(String source, String id) {
    static Key of(CloudEvent event) {
      return new Key(event.source(), event.id());
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
