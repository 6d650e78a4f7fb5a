package io.holdfast.kit.events;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.UnreadableEventException;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A record as it came, with its place. */
record Received(IncomingKafkaRecordMetadata<?, ?> metadata, String text) {

  /** What an event may weigh; Kafka's own limit can be higher on somebody's topic. */
  private static final int MAX_EVENT_CHARACTERS = 4 << 20;

  /** The record of a message. */
  static Received of(Message<String> message) {
    return new Received(
        message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow(Received::unknown),
        message.getPayload());
  }

  /** The records of a message of many, those of a partition in their order. */
  static List<Received> allOf(Message<List<String>> batch) {
    IncomingKafkaRecordBatchMetadata<?, ?> metadata =
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow(Received::unknown);
    List<Received> records = new ArrayList<>();
    for (ConsumerRecord<?, ?> record : metadata.getRecords()) {
      records.add(
          new Received(
              new IncomingKafkaRecordMetadata<>(record, metadata.getChannel()),
              (String) record.value()));
    }
    return records;
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("not from Kafka");
  }

  /**
   * The event that it carries.
   *
   * @throws UnreadableEventException if this version understands none
   */
  CloudEvent event() {
    if (text == null) {
      throw new UnreadableEventException("the record has no value", null);
    }
    if (LosslessTextDeserializer.isEscaped(text)) {
      throw new UnreadableEventException("the record is not UTF-8 text", null);
    }
    if (text.length() > MAX_EVENT_CHARACTERS) {
      throw new UnreadableEventException(
          "the record has %d characters, more than %d"
              .formatted(text.length(), MAX_EVENT_CHARACTERS),
          null);
    }
    try {
      return CloudEvent.parse(text);
    } catch (UnreadableEventException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // Records check themselves in their constructors, in whatever way suits them.
      throw new UnreadableEventException("the record's data are refused: " + e.getMessage(), e);
    }
  }

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
