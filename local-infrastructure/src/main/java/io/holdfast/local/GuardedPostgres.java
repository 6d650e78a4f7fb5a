package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A real database server as a guarded installation has it: whoever connects does so over TLS and
 * with a password. The superuser alone needs neither.
 */
public final class GuardedPostgres implements AutoCloseable {

  private static final String RULES =
      """
      host all postgres 127.0.0.1/32 trust
      hostssl all all 127.0.0.1/32 scram-sha-256
      """;

  private final LocalPostgres postgres;

  private GuardedPostgres(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts one over the data in a folder, and returns once it answers.
   *
   * @param identity what it shows its clients
   */
  public static GuardedPostgres start(Path folder, Identity identity) {
    Path rules = folder.toAbsolutePath().resolve("pg_hba.conf");
    try {
      Files.createDirectories(folder);
      Files.writeString(rules, RULES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GuardedPostgres(
        LocalPostgres.start(
            folder,
            0,
            Map.of(
                "hba_file", rules.toString(),
                "ssl", "on",
                "ssl_cert_file", identity.chain().toString(),
                "ssl_key_file", identity.key().toString())));
  }

  public int port() {
    return postgres.port();
  }

  /** A connection that may do everything. */
  public Connection superuser() throws SQLException {
    return postgres.connect("postgres");
  }

  @Override
  public void close() {
    postgres.close();
  }
}
