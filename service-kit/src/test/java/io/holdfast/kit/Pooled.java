package io.holdfast.kit;

import io.holdfast.local.FreePorts;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The database behind PgBouncer, which gives a client a connection for one transaction at a time;
 * set up as the guide of operations says.
 */
public final class Pooled implements QuarkusTestProfile {

  private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");
  private static final String URL = "quarkus.datasource.jdbc.url";

  /** Fewer than the clients that want one. */
  private static final String SETTINGS =
      """
      [databases]
      * = host=127.0.0.1 port=%d user=postgres password=%s
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 3
      ignore_startup_parameters = extra_float_digits
      """;

  /** Whether this machine has it; Debian's package puts it there. */
  public static boolean isHere() {
    return Files.isExecutable(PGBOUNCER);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Pooler.class));
  }

  /** Its process. */
  public static final class Pooler implements QuarkusTestResourceLifecycleManager {

    private Process process;

    @Override
    public Map<String, String> start() {
      Map<String, String> shared = new LocalInfrastructureResource().start();
      String direct = shared.get(URL);
      int database = URI.create(direct.substring("jdbc:".length())).getPort();
      int port = FreePorts.any();
      try {
        Path folder = Files.createTempDirectory("pgbouncer-");
        Path settings = folder.resolve("pgbouncer.ini");
        Files.writeString(
            settings,
            SETTINGS.formatted(database, shared.get("quarkus.datasource.password"), port));
        readableToNobody(folder, settings);
        process =
            new ProcessBuilder(command(settings))
                .redirectErrorStream(true)
                .redirectOutput(new File("target/pgbouncer.log"))
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
      return Map.of(
          URL, direct.replace(":" + database + "/", ":" + port + "/") + "?prepareThreshold=0");
    }

    /** After the shared infrastructure, whose address this one takes the place of. */
    @Override
    public int order() {
      return 1;
    }

    @Override
    public void stop() {
      if (process != null) {
        process.destroy();
      }
    }

    /** It does not run as root. */
    private static List<String> command(Path settings) {
      return System.getProperty("user.name").equals("root")
          ? List.of(PGBOUNCER.toString(), "-u", "nobody", settings.toString())
          : List.of(PGBOUNCER.toString(), settings.toString());
    }

    private static void readableToNobody(Path folder, Path settings) throws IOException {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static boolean answers(int port) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return true;
      } catch (IOException notYet) {
        return false;
      }
    }
  }
}
