package io.holdfast.kit.events;

import io.holdfast.kit.kafka.KafkaClients;
import io.holdfast.kit.kafka.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Puts aside records that nobody can read, as they came, with headers that say why and where from.
 */
@ApplicationScoped
class DeadLetters {

  static final String CAUSE = "holdfast-dead-letter-cause";
  static final String TOPIC = "holdfast-dead-letter-topic";
  static final String PARTITION = "holdfast-dead-letter-partition";
  static final String OFFSET = "holdfast-dead-letter-offset";

  /** Bytes of a value that is too large for the dead-letter topic, and is left out of it. */
  static final String OMITTED = "holdfast-dead-letter-omitted-bytes";

  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int MAX_CAUSE_CHARACTERS = 2000;

  private final KafkaClients clients;
  private KafkaProducer<byte[], byte[]> producer;

  @Inject
  DeadLetters(KafkaClients clients) {
    this.clients = clients;
  }

  /** Returns once Kafka has the record; false when it cannot take it now. */
  synchronized boolean send(Received record, Throwable cause) {
    try {
      try {
        send(letter(record, cause, record.value()));
      } catch (RecordTooLargeException e) {
        ProducerRecord<byte[], byte[]> letter = letter(record, cause, null);
        letter.headers().add(OMITTED, bytes(Integer.toString(record.value().length)));
        send(letter);
      }
      LOG.errorf("%s is in the dead-letter topic: %s", record, cause.getMessage());
      return true;
    } catch (KafkaException e) {
      LOG.warnf("%s cannot be put aside yet: %s", record, e.getMessage());
      close();
      return false;
    }
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  private void send(ProducerRecord<byte[], byte[]> letter) {
    if (producer == null) {
      producer = clients.durableProducer();
    }
    try {
      producer.send(letter).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static ProducerRecord<byte[], byte[]> letter(
      Received record, Throwable cause, byte[] value) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.deadLetterOf(record.topic()), record.key(), value);
    for (Header header : record.metadata().getHeaders()) {
      letter.headers().add(header);
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.length() > MAX_CAUSE_CHARACTERS) {
      reason = reason.substring(0, MAX_CAUSE_CHARACTERS);
    }
    letter.headers().add(CAUSE, bytes(cause.getClass().getSimpleName() + ": " + reason));
    letter.headers().add(TOPIC, bytes(record.topic()));
    letter.headers().add(PARTITION, bytes(Integer.toString(record.metadata().getPartition())));
    letter.headers().add(OFFSET, bytes(Long.toString(record.metadata().getOffset())));
    return letter;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
