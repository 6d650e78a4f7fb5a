package io.holdfast.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM that starts PostgreSQL, commits a row and waits to be killed. */
final class AbandonedServer {

  private AbandonedServer() {}

  /** Returns once the row is committed. */
  static Process startIn(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedServer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("committed")) {
        return process;
      }
    }
    throw new IOException("the JVM that should be killed ended by itself");
  }

  public static void main(String[] arguments) throws Exception {
    LocalPostgres postgres = LocalPostgres.start(Path.of(arguments[0]), 0);
    postgres.createDatabases(List.of("holdfast_data"));
    try (var connection = postgres.connect("holdfast_data");
        var statement = connection.createStatement()) {
      statement.execute("create table kept as select 7 as n");
    }
    System.out.println("committed");
    Thread.sleep(Long.MAX_VALUE);
  }
}
