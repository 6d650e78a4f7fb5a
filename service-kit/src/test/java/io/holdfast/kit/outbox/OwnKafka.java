package io.holdfast.kit.outbox;

import io.holdfast.local.LocalKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A broker for one test class, which may stop it and start it again. */
public final class OwnKafka implements QuarkusTestResourceLifecycleManager {

  private static Path folder;
  private static int port;
  private static LocalKafka broker;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory(Path.of("target"), "own-kafka-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker = LocalKafka.start(folder, 0);
    port = broker.port();
    return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
  }

  /** After the shared infrastructure, whose broker this one takes the place of. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    bringDown();
  }

  static void bringDown() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  static void bringUp() {
    broker = LocalKafka.start(folder, port);
  }
}
