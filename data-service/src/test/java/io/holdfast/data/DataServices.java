package io.holdfast.data;

import static io.restassured.RestAssured.given;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.kit.security.Roles;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.kit.testing.TestTokens;
import io.holdfast.local.FreePorts;
import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Real data-services as processes, with a broker and a database that they share. */
final class DataServices implements AutoCloseable {

  private final Path directory;
  private final LocalKafka kafka;
  private final LocalPostgres postgres;
  private final Map<String, Process> services = new TreeMap<>();

  private DataServices(Path directory, LocalKafka kafka, LocalPostgres postgres) {
    this.directory = directory;
    this.kafka = kafka;
    this.postgres = postgres;
  }

  /**
   * Starts the broker and the database.
   *
   * @param directory for them, and for the services' logs
   */
  static DataServices in(Path directory) {
    LocalKafka kafka = LocalKafka.start(directory.resolve("kafka"), 0);
    LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgres"), 0);
    postgres.createDatabases(List.of("holdfast_data"));
    return new DataServices(directory, kafka, postgres);
  }

  /** Starts a service without waiting for it; returns its port. */
  int begin(String name, Map<String, String> settings) {
    int port = FreePorts.any();
    Map<String, String> config = new TreeMap<>();
    config.put("quarkus.http.port", Integer.toString(port));
    config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("holdfast_data"));
    config.put("quarkus.datasource.username", LocalPostgres.USER);
    config.put("quarkus.datasource.password", postgres.password());
    config.put("holdfast.security.token", TestTokens.of(Roles.ADMIN));
    config.put("holdfast.data.inspect-tokenize-limit", "1K");
    config.put("holdfast.work.heartbeat", "300ms");
    config.put("holdfast.work.missed-heartbeats", "4");
    config.putAll(settings);
    services.put(name, DataServiceProcess.start(config, log(name)));
    return port;
  }

  Path log(String name) {
    return directory.resolve(name + ".log");
  }

  void awaitReady(int port) {
    Awaitility.await("the service is ready")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> given().port(port).get("/q/health/ready").statusCode() == 200);
  }

  void kill(String name) {
    services.get(name).destroyForcibly();
  }

  void killAll() throws InterruptedException {
    services.values().forEach(Process::destroyForcibly);
    for (Process service : services.values()) {
      service.waitFor();
    }
    services.clear();
  }

  OtherServices topics() {
    return DataServiceFixture.others(kafka.bootstrapServers());
  }

  static Inspection inspect(int port, InspectionRequest request) {
    return Inspections.ask(
        given().port(port).header("Authorization", "Bearer " + TestTokens.of(Roles.ADMIN)),
        request);
  }

  /** The number that a query finds. */
  long count(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("holdfast_data"), LocalPostgres.USER, postgres.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
  }
}
