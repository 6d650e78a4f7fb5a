package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker (KRaft, broker and controller in one) inside this JVM, for one machine.
 *
 * <p>Its log lives in the given folder and survives restarts. It is sized for a small heap: 192 MB
 * are enough.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start(home.resolve("kafka"), 0)) {
 *   kafka.createTopics(List.of("stage-requested"), 4);
 *   connect(kafka.bootstrapServers());
 * }
 * }</pre>
 */
public final class LocalKafka implements AutoCloseable {

  /** How long a start or an administration call may take on a busy machine. */
  private static final long PATIENCE_SECONDS = 60;

  private final KafkaRaftServer server;
  private final int port;

  private LocalKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker over the log in {@code directory}, formatting it the first time, and returns
   * once it answers.
   *
   * @param port to listen on at 127.0.0.1, or 0 for the last one used here or else a free one
   */
  public static LocalKafka start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /** Likewise, with settings beside or instead of the usual ones. */
  static LocalKafka start(Path directory, int port, Map<String, String> further) {
    Path home = directory.toAbsolutePath();
    int chosen = port == 0 ? FreePorts.remembered(home.resolve("port")) : port;
    Properties settings = settings(home.resolve("log"), chosen, FreePorts.any());
    further.forEach((name, value) -> settings.merge(name, value, LocalKafka::appendOrReplace));
    format(home.resolve("log"));
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
    LocalKafka kafka = new LocalKafka(server, chosen);
    try {
      kafka.awaitAnswer();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /** Address for clients, such as {@code 127.0.0.1:41234}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Creates the topics that do not exist yet. */
  public void createTopics(Collection<String> names, int partitions) {
    try (Admin admin = admin()) {
      Map<String, org.apache.kafka.common.KafkaFuture<Void>> results =
          admin
              .createTopics(
                  names.stream()
                      .map(name -> new NewTopic(name, partitions, (short) 1))
                      .collect(Collectors.toList()))
              .values();
      for (var result : results.values()) {
        await(result);
      }
    }
  }

  /** Stops the broker; its log stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** A client that may do everything. The caller closes it. */
  Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "default.api.timeout.ms",
            (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)));
  }

  /** Listening is not enough: a broker that is still fenced refuses to create topics. */
  private void awaitAnswer() {
    try (Admin admin = admin()) {
      await(admin.describeCluster().nodes());
    }
  }

  private static void await(org.apache.kafka.common.KafkaFuture<?> answer) {
    try {
      answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("the Kafka broker refused: " + e.getCause(), e.getCause());
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the Kafka broker did not answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the Kafka broker", e);
    }
  }

  /** A folder may be formatted only once: another cluster id over an old log is refused. */
  private static void format(Path log) {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(log);
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare Kafka's folder " + log, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot format Kafka's folder " + log, e);
    }
  }

  /** One that starts with a comma is one more item of a list. */
  private static Object appendOrReplace(Object usual, Object further) {
    return further.toString().startsWith(",") ? usual + further.toString() : further;
  }

  private static Properties settings(Path log, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("log.dirs", log.toString());
    // One machine: a single copy of everything, also of Kafka's own topics.
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      p.put(topic + ".replication.factor", "1");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    p.put("default.replication.factor", "1");
    p.put("num.partitions", "4");
    p.put("group.initial.rebalance.delay.ms", "0");
    // Small heap: the defaults reserve 128 MB for the log cleaner alone.
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("log.cleaner.threads", "1");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "3");
    p.put("background.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "1");
    p.put("socket.send.buffer.bytes", "102400");
    p.put("socket.receive.buffer.bytes", "102400");
    // After a kill the new broker waits until the dead one's session ends (9 s by default).
    p.put("broker.session.timeout.ms", "3000");
    p.put("broker.heartbeat.interval.ms", "500");
    p.put("log.segment.bytes", "67108864");
    p.put("log.index.size.max.bytes", "1048576");
    return p;
  }
}
