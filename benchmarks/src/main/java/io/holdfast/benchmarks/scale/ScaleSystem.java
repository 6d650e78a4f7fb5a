package io.holdfast.benchmarks.scale;

import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker, a database server, frontier-service, and processes with simulated pods. */
final class ScaleSystem implements AutoCloseable {

  static final String FRONTIER_DATABASE = "holdfast_frontier";
  static final String PODS_DATABASE = "holdfast_pods";

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Path home;
  private final LocalKafka kafka;
  private final LocalPostgres postgres;
  private final RunningJar frontier;
  private final List<RunningJar> pods = new ArrayList<>();

  /**
   * @param home an empty folder
   * @param count of pods
   * @param processes that they are divided over
   * @param settings of every pod
   */
  ScaleSystem(Path home, int count, int processes, Map<String, String> settings) {
    this.home = home;
    kafka = opened(LocalKafka.start(home.resolve("kafka"), 0));
    postgres = opened(countingPostgres(home.resolve("postgres")));
    postgres.createDatabases(List.of(FRONTIER_DATABASE, PODS_DATABASE));
    CorporaStandIn corpora = opened(new CorporaStandIn());
    frontier =
        opened(
            RunningJar.start(
                "frontier-service",
                "frontier-service",
                768,
                with(
                    FRONTIER_DATABASE,
                    Map.of("quarkus.rest-client.data-service.url", corpora.url())),
                home));
    frontier.awaitReady();
    for (int i = 0; i < processes; i++) {
      Map<String, String> own = new HashMap<>(settings);
      own.put("simulation.pods", "" + (count * (i + 1) / processes - count * i / processes));
      own.put("simulation.name", "process-" + i);
      pods.add(
          opened(
              RunningJar.start(
                  "pods-" + i, "benchmarks/pods", 512, with(PODS_DATABASE, own), home)));
      // The first one makes the tables.
      pods.getLast().awaitReady();
    }
  }

  RunningJar frontier() {
    return frontier;
  }

  List<RunningJar> pods() {
    return pods;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  Connection connect(String database) throws SQLException {
    return postgres.connect(database);
  }

  /** With the extension that counts statements, which wants to be there from the start on. */
  private static LocalPostgres countingPostgres(Path folder) {
    try (LocalPostgres first = LocalPostgres.start(folder, 0);
        Connection connection = first.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
      statement.execute("create extension pg_stat_statements");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return LocalPostgres.start(folder, 0);
  }

  private Map<String, String> with(String database, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl(database));
    properties.put("quarkus.datasource.username", LocalPostgres.USER);
    properties.put("quarkus.datasource.password", postgres.password());
    properties.put("quarkus.datasource.jdbc.acquisition-timeout", "60S");
    properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    properties.put("holdfast.artifacts.root", home.resolve("artifacts").toString());
    properties.put("holdfast.parent.pid", Long.toString(ProcessHandle.current().pid()));
    return properties;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    running.push(resource);
    return resource;
  }

  @Override
  public void close() {
    for (AutoCloseable resource : running) {
      try {
        resource.close();
      } catch (Exception e) {
        System.err.println("not stopped cleanly: " + e);
      }
    }
  }
}
