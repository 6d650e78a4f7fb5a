package io.holdfast.kit.outbox;

import io.holdfast.contracts.event.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Sends one batch of the outbox in one database transaction: locks out other relays, reads the
 * lowest ids, sends, and deletes what Kafka acknowledged.
 *
 * <p>It reads whatever rows are visible and keeps no cursor, so a transaction that drew a low id
 * and committed late is not skipped. Of one key only one event is under way at a time: should it
 * fail, nothing behind it has overtaken it.
 */
final class OutboxBatch {

  enum Outcome {
    /** Nothing is left, as far as this relay may see. */
    DRAINED,
    /** Sent, and there may be more. */
    MORE,
    /** Another relay is sending; it may have looked before the last event was stored. */
    BUSY,
    /** Some events were not acknowledged; they stay. */
    FAILED
  }

  private static final Logger LOG = Logger.getLogger(OutboxBatch.class);

  /** Bounds what an outage can pile up in the heap. */
  static final int MAX_EVENTS = 200;

  /** Advisory locks are per database, and every service has its own. */
  private static final long RELAY_LOCK = 0x686f6c6466617374L;

  private final DataSource database;
  private final Producer<byte[], byte[]> producer;

  OutboxBatch(DataSource database, Producer<byte[], byte[]> producer) {
    this.database = database;
    this.producer = producer;
  }

  Outcome send() throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      if (isEmpty(connection)) {
        return Outcome.DRAINED;
      }
      connection.setAutoCommit(false);
      try {
        if (!lock(connection)) {
          connection.rollback();
          return Outcome.BUSY;
        }
        Outcome outcome = sendLocked(connection);
        connection.commit();
        return outcome;
      } catch (SQLException | RuntimeException | InterruptedException e) {
        rollBack(connection);
        throw e;
      }
    }
  }

  /** Most looks find nothing, and a thousand pods look: they need neither lock nor transaction. */
  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet first = statement.executeQuery("select 1 from kit_outbox order by id limit 1")) {
      return !first.next();
    }
  }

  /**
   * Does not wait: relays that queue up would hold each other for as long as Kafka takes for all of
   * them. The lock ends with the transaction, and the transaction with the process. A relay that is
   * frozen instead of dead loses both after a minute, and then fails to delete.
   */
  private static boolean lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = '60s'");
      try (ResultSet lock =
          statement.executeQuery("select pg_try_advisory_xact_lock(" + RELAY_LOCK + ")")) {
        lock.next();
        return lock.getBoolean(1);
      }
    }
  }

  private Outcome sendLocked(Connection connection) throws SQLException, InterruptedException {
    List<Row> rows = read(connection);
    List<Long> acknowledged = sendInOrder(rows);
    delete(connection, acknowledged);
    if (acknowledged.size() < rows.size()) {
      return Outcome.FAILED;
    }
    return rows.size() == MAX_EVENTS ? Outcome.MORE : Outcome.DRAINED;
  }

  private static List<Row> read(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, topic, key, value from kit_outbox order by id limit " + MAX_EVENTS)) {
      while (found.next()) {
        rows.add(
            new Row(found.getLong(1), found.getString(2), found.getString(3), found.getString(4)));
      }
    }
    return rows;
  }

  /** Returns the ids that Kafka acknowledged: of each key the first ones up to a failure. */
  private List<Long> sendInOrder(List<Row> rows) throws InterruptedException {
    Map<String, Queue<Row>> byKey = new LinkedHashMap<>();
    for (Row row : rows) {
      byKey.computeIfAbsent(row.key(), key -> new ArrayDeque<>()).add(row);
    }
    List<Long> acknowledged = new ArrayList<>();
    while (!byKey.isEmpty()) {
      Map<Row, Future<RecordMetadata>> wave = new LinkedHashMap<>();
      byKey
          .values()
          .forEach(queue -> wave.put(queue.peek(), producer.send(queue.remove().record())));
      for (Map.Entry<Row, Future<RecordMetadata>> sent : wave.entrySet()) {
        if (isAcknowledged(sent.getKey(), sent.getValue())) {
          acknowledged.add(sent.getKey().id());
        } else {
          byKey.remove(sent.getKey().key());
        }
      }
      byKey.values().removeIf(Queue::isEmpty);
    }
    return acknowledged;
  }

  private static boolean isAcknowledged(Row row, Future<RecordMetadata> sent)
      throws InterruptedException {
    try {
      sent.get();
      return true;
    } catch (ExecutionException e) {
      LOG.warnf("Event %d for %s waits: %s", row.id(), row.topic(), e.getCause().toString());
      return false;
    }
  }

  private static void delete(Connection connection, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("delete from kit_outbox where id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      LOG.debug("The connection broke; the database rolls back by itself", broken);
    }
  }

  private record Row(long id, String topic, String key, String value) {

    ProducerRecord<byte[], byte[]> record() {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
      record
          .headers()
          .add("content-type", CloudEvent.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
      return record;
    }
  }
}
