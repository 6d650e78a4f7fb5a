package io.holdfast.kit.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain Kafka clients with the service's {@code kafka.*} settings. The caller closes them. */
@ApplicationScoped
public class KafkaClients {

  private final Map<String, Object> settings;

  @Inject
  public KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> settings) {
    this.settings = Map.copyOf(settings);
  }

  /**
   * A producer that loses, repeats and reorders nothing while it lives: every replica acknowledges,
   * and the broker drops what a retry repeats. A send that Kafka does not acknowledge within 20 s
   * fails, so that the caller can decide.
   */
  public KafkaProducer<byte[], byte[]> durableProducer() {
    Map<String, Object> producer = new HashMap<>(settings);
    producer.put("acks", "all");
    producer.put("enable.idempotence", true);
    producer.put("max.block.ms", 10_000L);
    producer.put("request.timeout.ms", 10_000);
    producer.put("delivery.timeout.ms", 20_000);
    producer.put("buffer.memory", 8L << 20);
    producer.put("linger.ms", 0L);
    return new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A client for topics. */
  public Admin admin() {
    Map<String, Object> admin = new HashMap<>(settings);
    admin.put("default.api.timeout.ms", 10_000);
    admin.put("request.timeout.ms", 5_000);
    return Admin.create(admin);
  }
}
