package io.holdfast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInfrastructureIT {

  @TempDir Path home;

  @Test
  void brokerKeepsItsRecordsAndItsPortOverARestart() throws Exception {
    int port;
    try (LocalKafka kafka = LocalKafka.start(home.resolve("kafka"), 0)) {
      port = kafka.port();
      kafka.createTopics(List.of("stages"), 1);
      kafka.createTopics(List.of("stages"), 1);
      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
              new StringSerializer(),
              new StringSerializer())) {
        producer.send(new ProducerRecord<>("stages", "k", "kept")).get();
      }
    }
    try (LocalKafka kafka = LocalKafka.start(home.resolve("kafka"), 0);
        var consumer =
            new KafkaConsumer<>(
                Map.<String, Object>of(
                    "bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
      assertThat(kafka.port()).isEqualTo(port);
      consumer.assign(List.of(new TopicPartition("stages", 0)));
      assertThat(consumer.poll(Duration.ofSeconds(20)))
          .singleElement()
          .satisfies(record -> assertThat(record.value()).isEqualTo("kept"));
    }
  }

  @Test
  void databaseIsDurableAndSurvivesARestart() throws SQLException {
    Path directory = home.resolve("postgres");
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      postgres.createDatabases(List.of("holdfast_data"));
      postgres.createDatabases(List.of("holdfast_data"));
      execute(postgres, "create table kept(n int)");
      execute(postgres, "insert into kept values (42)");
      assertThat(query(postgres, "show fsync")).isEqualTo("on");
      assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
    }
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      assertThat(query(postgres, "select n from kept")).isEqualTo("42");
    }
  }

  @Test
  void serverThatAKilledJvmLeftBehindIsReplaced() throws Exception {
    Path directory = home.resolve("postgres");
    long orphan;
    Process owner = AbandonedServer.startIn(directory);
    try {
      owner.destroyForcibly().waitFor();
      orphan = PostmasterFile.serverOf(directory.resolve("data")).orElseThrow().pid();
    } finally {
      owner.destroyForcibly();
    }
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      assertThat(ProcessHandle.of(orphan).filter(p -> !ProcessEnd.hasEnded(p))).isEmpty();
      assertThat(query(postgres, "select n from kept")).isEqualTo("7");
    }
  }

  @Test
  void folderOfAnInterruptedFirstStartIsInitializedAfresh() throws Exception {
    Path directory = home.resolve("postgres");
    Files.createDirectories(directory.resolve("data/base"));
    Files.writeString(directory.resolve("data/postgresql.conf"), "half written");
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      postgres.createDatabases(List.of("holdfast_data"));
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  /** Also over data that an older release left, and where somebody deleted the file. */
  @Test
  void databaseLetsNobodyInWithoutThePasswordOfItsFile() throws Exception {
    Path directory = home.resolve("postgres");
    Path file = directory.resolve("password");
    String first = assertThatItAsksForItsPassword(directory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(assertThatItAsksForItsPassword(directory)).isEqualTo(first);
    Files.delete(file);
    assertThat(assertThatItAsksForItsPassword(directory)).isNotEqualTo(first);
  }

  private static String assertThatItAsksForItsPassword(Path directory) throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      String url = postgres.jdbcUrl("postgres");
      assertThat(Files.readString(directory.resolve("password")).strip())
          .isEqualTo(postgres.password());
      for (String guess : List.of("", "postgres")) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, LocalPostgres.USER, guess))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password");
      }
      postgres.connect("postgres").close();
      return postgres.password();
    }
  }

  private static void execute(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(LocalPostgres postgres) throws SQLException {
    return postgres.connect("holdfast_data");
  }
}
