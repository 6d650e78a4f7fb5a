package io.holdfast.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server as a child process, for one machine; works as root too.
 *
 * <p>Its data live in the given folder and survive restarts and crashes: fsync and synchronous
 * commit are on, and a server that a killed JVM left behind is stopped before a new one starts.
 *
 * <pre>{@code
 * try (LocalPostgres postgres = LocalPostgres.start(home.resolve("postgres"), 0)) {
 *   postgres.createDatabases(List.of("holdfast_data"));
 *   connect(postgres.jdbcUrl("holdfast_data"), LocalPostgres.USER, postgres.password());
 * }
 * }</pre>
 */
public final class LocalPostgres implements AutoCloseable {

  /** The superuser. */
  public static final String USER = "postgres";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Path data;
  private final DatabasePassword password;

  private LocalPostgres(EmbeddedPostgres server, Path data, DatabasePassword password) {
    this.server = server;
    this.data = data;
    this.password = password;
  }

  /**
   * Starts a server over the data in {@code directory}, initializing them the first time, and
   * returns once it answers.
   *
   * @param port to listen on at localhost, or 0 for the last one used here or else a free one
   */
  public static LocalPostgres start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /** Likewise, with settings of the server beside the usual ones. */
  static LocalPostgres start(Path directory, int port, Map<String, String> further) {
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    try {
      Files.createDirectories(home);
      PostmasterFile.stopServerOf(data);
      discardHalfInitialized(home, data);
      int chosen = port == 0 ? FreePorts.remembered(home.resolve("port")) : port;
      DatabasePassword password = DatabasePassword.of(home, data);
      EmbeddedPostgres server = launch(home, data, chosen, password, further);
      LocalPostgres postgres = new LocalPostgres(server, data, password);
      postgres.requireDurableCommits();
      if (!further.containsKey("hba_file")) {
        password.require(postgres, data);
      }
      Files.writeString(initialized(home), "initdb finished\n");
      return postgres;
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not answer over " + data, e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL did not start over " + data + ", see " + home.resolve("server.log"), e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /** The superuser's password. */
  public String password() {
    return password.value();
  }

  /** JDBC address of a database. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** Creates the databases that do not exist yet. */
  public void createDatabases(Collection<String> names) {
    for (String name : names) {
      if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
        throw new IllegalArgumentException("not a database name: " + name);
      }
      try (Connection connection = connect("postgres");
          Statement statement = connection.createStatement()) {
        boolean exists;
        try (ResultSet found =
            statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
          exists = found.next();
        }
        if (!exists) {
          statement.execute("create database " + name);
        }
      } catch (SQLException e) {
        throw new IllegalStateException("cannot create database " + name, e);
      }
    }
  }

  /** Stops the server and waits for it to be gone; its data stay. */
  @Override
  public void close() {
    try {
      server.close();
      PostmasterFile.stopServerOf(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL over " + data, e);
    }
  }

  /** A connection of the superuser to a database. The caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, password());
  }

  private static EmbeddedPostgres launch(
      Path home, Path data, int port, DatabasePassword password, Map<String, String> further)
      throws IOException {
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile());
    EmbeddedPostgres.Builder server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            // Whoever started us decides when the database goes: after the services, never before.
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setConnectConfig("password", password.value())
            .setPGStartupWait(START_LIMIT)
            .setErrorRedirector(log)
            .setOutputRedirector(log)
            // The library starts PostgreSQL with -F (no fsync) and without synchronous commit.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "''")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("max_wal_size", "256MB")
            .setServerConfig("max_connections", "200")
            .setServerConfig("jit", "off");
    further.forEach(server::setServerConfig);
    return server.start();
  }

  private void requireDurableCommits() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet settings =
            statement.executeQuery(
                "select current_setting('fsync'), current_setting('synchronous_commit')")) {
      settings.next();
      if (!settings.getString(1).equals("on") || !settings.getString(2).equals("on")) {
        throw new IllegalStateException("PostgreSQL runs without durable commits");
      }
    }
  }

  private static Path initialized(Path home) {
    return home.resolve("initialized");
  }

  /** A kill during the very first start leaves a folder that no server can use or repair. */
  private static void discardHalfInitialized(Path home, Path data) throws IOException {
    if (Files.exists(initialized(home)) || !Files.exists(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
