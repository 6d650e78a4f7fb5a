package io.holdfast.local;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real broker and a real database for the Quarkus tests of a service.
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(
 *     value = LocalInfrastructureResource.class,
 *     initArgs = @ResourceArg(name = "database", value = "holdfast_data"))
 * class CorpusResourceIT { ... }
 * }</pre>
 *
 * <p>One broker and one server are started per test JVM and shared by its test classes; they end
 * with it. Each start of the application gets an empty schema and an artifact store of its own. The
 * application listens on a free port.
 */
public final class LocalInfrastructureResource implements QuarkusTestResourceLifecycleManager {

  private String database = "holdfast_test";

  @Override
  public void init(Map<String, String> arguments) {
    database = arguments.getOrDefault("database", database);
  }

  @Override
  public Map<String, String> start() {
    SharedInfrastructure shared = SharedInfrastructure.get();
    shared.postgres().createDatabases(List.of(database));
    Map<String, String> config = new HashMap<>();
    config.put("kafka.bootstrap.servers", shared.kafka().bootstrapServers());
    config.put("quarkus.datasource.jdbc.url", shared.postgres().jdbcUrl(database));
    config.put("quarkus.datasource.username", LocalPostgres.USER);
    config.put("quarkus.datasource.password", LocalPostgres.PASSWORD);
    config.put("quarkus.flyway.clean-disabled", "false");
    config.put("quarkus.flyway.clean-at-start", "true");
    config.put("quarkus.http.test-port", "0");
    config.put("holdfast.artifacts.root", artifacts(shared.directory()).toString());
    return config;
  }

  /** The JVM's end stops everything: the next test class goes on using it. */
  @Override
  public void stop() {}

  private static Path artifacts(Path directory) {
    try {
      return Files.createTempDirectory(directory, "artifacts-");
    } catch (IOException e) {
      throw new UncheckedIOException("no artifact store for tests under " + directory, e);
    }
  }
}
