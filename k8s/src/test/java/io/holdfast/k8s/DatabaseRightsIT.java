package io.holdfast.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.local.GuardedPostgres;
import io.holdfast.local.PrivateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The roles that overlays/local/databases.sh makes, on a real server that takes nobody without TLS
 * and a password. The URL is the one of the guide of security.
 */
class DatabaseRightsIT {

  private static final Path SCRIPT = Path.of("overlays/local/databases.sh");
  private static final String PASSWORD = "only-for-tests";

  private static final List<String> DATABASES =
      List.of(
          "holdfast_data",
          "holdfast_trainer",
          "holdfast_eval",
          "holdfast_frontier",
          "postgres",
          "template1");

  /** SQLSTATE of a server that refuses what the role may not. */
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @TempDir static Path folder;
  private static PrivateAuthority authority;
  private static GuardedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    authority = PrivateAuthority.in(folder.resolve("tls"));
    postgres = GuardedPostgres.start(folder.resolve("postgres"), authority.issue("postgres"));
    try (Connection superuser = postgres.superuser();
        Statement statement = superuser.createStatement()) {
      for (String sql : sqlOfTheScript()) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "trainer", "eval", "frontier"})
  void aServiceHasItsDatabaseAndNoOther(String service) throws SQLException {
    String role = "holdfast_" + service;
    try (Connection own = connect(role, role, PASSWORD);
        Statement statement = own.createStatement()) {
      statement.execute("create table anything (id int)");
      assertThatThrownBy(() -> statement.execute("create database another"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("copy anything from program 'id'"))
          .hasMessageContaining("permission denied");
    }
    for (String database : DATABASES) {
      if (!database.equals(role)) {
        assertThatThrownBy(() -> connect(role, database, PASSWORD))
            .as(database)
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
      }
    }
  }

  @Test
  void nobodyComesWithoutThePasswordOrWithoutTls() {
    String role = "holdfast_data";
    assertThatThrownBy(() -> connect(role, role, "wrong"))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(
            () -> DriverManager.getConnection(url(role) + "?sslmode=disable", role, PASSWORD))
        .hasMessageContaining("no encryption");
  }

  @Test
  void aServerThatTheAuthorityDoesNotKnowIsNotSpokenTo(@TempDir Path elsewhere) {
    String role = "holdfast_data";
    Path other = PrivateAuthority.in(elsewhere).certificate();
    assertThatThrownBy(() -> DriverManager.getConnection(secure(role, other), role, PASSWORD))
        .hasMessageContaining("SSL error");
  }

  @Test
  void anotherHostsCertificateIsRefused() {
    String role = "holdfast_data";
    // Another name of this machine, which the certificate does not have.
    String url = secure(role, authority.certificate()).replace("127.0.0.1", "127.1");
    assertThatThrownBy(() -> DriverManager.getConnection(url, role, PASSWORD))
        .hasMessageContaining("127.1");
  }

  private static Connection connect(String role, String database, String password)
      throws SQLException {
    return DriverManager.getConnection(secure(database, authority.certificate()), role, password);
  }

  private static String secure(String database, Path certificate) {
    return url(database) + "?sslmode=verify-full&sslrootcert=" + certificate;
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database);
  }

  /** As psql would run it, for each service of the loop and once after it. */
  private static List<String> sqlOfTheScript() throws IOException {
    String script = Files.readString(SCRIPT);
    List<String> blocks =
        Pattern.compile("<<'SQL'\n(.*?)\nSQL", Pattern.DOTALL)
            .matcher(script)
            .results()
            .map(block -> block.group(1))
            .toList();
    Matcher services = Pattern.compile("for service in ([a-z ]+);").matcher(script);
    assertThat(services.find()).isTrue();
    return Stream.concat(
            Stream.of(services.group(1).split(" "))
                .map(
                    service ->
                        blocks
                            .get(0)
                            .replace(":'password'", "'" + PASSWORD + "'")
                            .replace(":name", "holdfast_" + service)),
            blocks.stream().skip(1))
        .flatMap(block -> Stream.of(block.split("(?<=;)\\s*")))
        .toList();
  }
}
