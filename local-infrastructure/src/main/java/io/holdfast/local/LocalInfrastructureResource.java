package io.holdfast.local;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
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
    Map<String, String> config = new HashMap<>(sharedSettings());
    config.put("quarkus.flyway.clean-disabled", "false");
    config.put("quarkus.flyway.clean-at-start", "true");
    config.put("quarkus.http.test-port", "0");
    return config;
  }

  /** The JVM's end stops everything: the next test class goes on using it. */
  @Override
  public void stop() {}

  /**
   * Quarkus loads this class anew for each application it starts; the JVM's own loader does not.
   */
  @SuppressWarnings("unchecked")
  private Map<String, String> sharedSettings() {
    try {
      return (Map<String, String>)
          Class.forName(
                  SharedInfrastructure.class.getName(), true, ClassLoader.getSystemClassLoader())
              .getMethod("settingsFor", String.class)
              .invoke(null, database);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the test infrastructure does not start", e);
    }
  }
}
