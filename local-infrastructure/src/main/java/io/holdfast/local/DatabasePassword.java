package io.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What keeps others on this machine out of the database: a password of its own, in a file that only
 * its owner reads. A superuser of PostgreSQL can run programs as whoever started it.
 *
 * @param value the password
 */
record DatabasePassword(String value) {

  private static final int BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String RULES =
      "# Nobody comes without the password, which lies beside this folder.\n"
          + "host all all 127.0.0.1/32 scram-sha-256\n";

  private static final String OPEN = "host all all 127.0.0.1/32 trust\n";

  /** The server's, from its file; a new one where there is none, also for data that are older. */
  static DatabasePassword of(Path home, Path data) throws IOException {
    Path file = home.resolve("password");
    if (!Files.exists(file)) {
      make(home, file);
      if (Files.exists(rules(data))) {
        Files.writeString(rules(data), OPEN);
      }
    }
    return new DatabasePassword(Files.readString(file).strip());
  }

  /** Makes the server ask for it from now on, if it does not yet: a new one lets everybody in. */
  void require(LocalPostgres server, Path data) throws IOException, SQLException {
    if (Files.readString(rules(data)).equals(RULES)) {
      return;
    }
    try (Connection superuser = server.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("alter role " + LocalPostgres.USER + " password '" + value + "'");
      Files.writeString(rules(data), RULES);
      statement.execute("select pg_reload_conf()");
    }
    awaitRefusal(server.jdbcUrl("postgres"));
  }

  /** The server reads its rules a moment after it was told to. */
  private static void awaitRefusal(String url) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        DriverManager.getConnection(url, LocalPostgres.USER, "").close();
      } catch (SQLException refused) {
        return;
      }
    }
    throw new IllegalStateException("PostgreSQL lets in whoever comes without its password");
  }

  private static void make(Path home, Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path draft =
        Files.createTempFile(
            home,
            "password",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
    Files.move(draft, file);
  }

  private static Path rules(Path data) {
    return data.resolve("pg_hba.conf");
  }

  /** The password is nobody's to read. */
  @Override
  public String toString() {
    return "a password";
  }
}
