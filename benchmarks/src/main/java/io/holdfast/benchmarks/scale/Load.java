package io.holdfast.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the system has done and spent since it started. Of PostgreSQL's own counters, so what our
 * processes cannot see of themselves is in it.
 *
 * @param nanos when
 * @param trained stages that frontier-service knows to be trained
 * @param statements executed in the pods' database, and in frontier-service's
 * @param sqlMillis in which PostgreSQL executed them
 * @param claims attempts to claim work
 * @param claimMillis in which PostgreSQL executed those
 * @param waiting stages that could be claimed
 * @param bytesIn that Kafka took
 * @param bytesOut that Kafka gave
 * @param frontier processor time of frontier-service
 * @param pods processor time of the pods' processes
 */
record Load(
    long nanos,
    long trained,
    Both statements,
    Both sqlMillis,
    long claims,
    double claimMillis,
    long waiting,
    long bytesIn,
    long bytesOut,
    Duration frontier,
    Duration pods) {

  record Both(double pods, double frontier) {}

  static Load of(ScaleSystem system, Connection pods, Connection frontier) throws SQLException {
    String of =
        "select sum(%s) from pg_stat_statements s join pg_database d on d.oid = s.dbid"
            + " where d.datname = '%s'";
    String claims = " and query like 'with due as%%'";
    String ours = ScaleSystem.PODS_DATABASE;
    String theirs = ScaleSystem.FRONTIER_DATABASE;
    // The extension is in the server's first database.
    try (Connection statistics = system.connect("postgres")) {
      return new Load(
          System.nanoTime(),
          (long) number(frontier, "select count(*) from stage where state = 'TRAINED'"),
          new Both(
              number(statistics, of.formatted("calls", ours)),
              number(statistics, of.formatted("calls", theirs))),
          new Both(
              number(statistics, of.formatted("total_exec_time", ours)),
              number(statistics, of.formatted("total_exec_time", theirs))),
          (long) number(statistics, (of + claims).formatted("calls", ours)),
          number(statistics, (of + claims).formatted("total_exec_time", ours)),
          (long) number(pods, "select count(*) from kit_work where not picked"),
          bytes("BytesInPerSec"),
          bytes("BytesOutPerSec"),
          system.frontier().processorTime(),
          system.pods().stream()
              .map(RunningJar::processorTime)
              .reduce(Duration.ZERO, Duration::plus));
    }
  }

  private static double number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getDouble(1);
    }
  }

  /** The broker runs in this JVM. */
  private static long bytes(String name) {
    try {
      return (Long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName("kafka.server:type=BrokerTopicMetrics,name=" + name), "Count");
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  static String header() {
    return """
    | trained | stages/s | waiting | claims per stage | a claim ms | SQL per stage, pods | frontier | SQL ms per stage, pods | frontier | \
    processor ms per stage, pods | frontier | Kafka KB per stage, in | out |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|""";
  }

  /** What it took since then, for each stage. */
  String since(Load then) {
    double stages = Math.max(1, trained - then.trained);
    return "| %d | %.1f | %d | %.1f | %.2f | %.1f | %.1f | %.2f | %.2f | %.1f | %.1f | %.1f | %.1f |"
        .formatted(
            trained,
            stages / ((nanos - then.nanos) / 1e9),
            waiting,
            (claims - then.claims) / stages,
            (claimMillis - then.claimMillis) / Math.max(1, claims - then.claims),
            (statements.pods - then.statements.pods) / stages,
            (statements.frontier - then.statements.frontier) / stages,
            (sqlMillis.pods - then.sqlMillis.pods) / stages,
            (sqlMillis.frontier - then.sqlMillis.frontier) / stages,
            pods.minus(then.pods).toMillis() / stages,
            frontier.minus(then.frontier).toMillis() / stages,
            (bytesIn - then.bytesIn) / 1e3 / stages,
            (bytesOut - then.bytesOut) / 1e3 / stages);
  }
}
