package io.holdfast.kit.events;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;

/** A record as it came, with its place. */
record Received(IncomingKafkaRecordMetadata<?, ?> metadata, String text) {

  String channel() {
    return metadata.getChannel();
  }

  String topic() {
    return metadata.getTopic();
  }

  byte[] key() {
    return LosslessTextDeserializer.bytesOf((String) metadata.getKey());
  }

  byte[] value() {
    return LosslessTextDeserializer.bytesOf(text);
  }

  @Override
  public String toString() {
    return "%s-%d@%d".formatted(topic(), metadata.getPartition(), metadata.getOffset());
  }
}
