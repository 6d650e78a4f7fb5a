package io.holdfast.frontier;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.EvaluationPoint.Mark;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What data-, trainer- and eval-service would put on Kafka, and what frontier-service puts there.
 * Losses are a function of the stage, so that every run of a study ends in the same points.
 */
final class OtherServices implements AutoCloseable {

  private static final List<String> OURS =
      List.of("stage-requested", "stage-cancelled", "task-announced", "frontier-updated");

  private final KafkaProducer<String, String> producer;
  private final List<CloudEvent> seen = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private volatile boolean open = true;

  OtherServices(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 1),
            new StringSerializer(),
            new StringSerializer());
    reader = Thread.ofPlatform().daemon().start(() -> read(bootstrapServers));
  }

  private void read(String bootstrapServers) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(OURS);
      while (open) {
        consumer
            .poll(Duration.ofMillis(50))
            .forEach(record -> seen.add(CloudEvent.parse(record.value())));
      }
    }
  }

  /** Everything of a type that frontier-service has published so far about these keys. */
  <T extends HoldfastEvent> List<T> seen(Class<T> type, java.util.Collection<String> keys) {
    return seen.stream()
        .map(CloudEvent::data)
        .filter(type::isInstance)
        .map(type::cast)
        .filter(event -> keys.contains(event.key()))
        .toList();
  }

  /** Puts an event on its topic; each call is a new CloudEvent. */
  void say(HoldfastEvent event) {
    CloudEvent envelope = envelope(event);
    say(envelope.type().topic(), event.key(), envelope.toJson());
  }

  static CloudEvent envelope(HoldfastEvent event) {
    return CloudEvent.of("/holdfast/test", Instant.now(), event);
  }

  /** Puts a record on a topic as it is. */
  void say(String topic, String key, String json) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, json);
    record.headers().add("content-type", CloudEvent.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
    producer.send(record);
  }

  /** Says events several times each, in random order. */
  void sayShuffled(List<HoldfastEvent> events, int times, Random random) {
    List<HoldfastEvent> all = new ArrayList<>();
    IntStream.range(0, times).forEach(i -> all.addAll(events));
    java.util.Collections.shuffle(all, random);
    all.forEach(this::say);
    producer.flush();
  }

  /** Everything that follows when a request is fulfilled. */
  static List<HoldfastEvent> fulfil(StageRequested request) {
    List<HoldfastEvent> events = new ArrayList<>();
    events.add(progressed(request, 40));
    events.add(completed(request));
    events.add(evaluated(request));
    request.spec().marks().forEach(mark -> events.add(evaluated(request, new Mark(mark))));
    request.probes().forEach(probe -> events.add(evaluated(request, probe)));
    return events;
  }

  static StageProgressed progressed(StageRequested request, long step) {
    return new StageProgressed(
        request.stageId(),
        request.attempt(),
        step,
        100,
        step * 1024,
        102_400,
        3.2,
        null,
        1e-3,
        20_000,
        "trainer-0");
  }

  static StageCompleted completed(StageRequested request) {
    String corpus = request.spec().mixture().base().getFirst().part().corpus();
    return new StageCompleted(
        request.stageId(),
        "checkpoints/" + request.stageId() + "/final",
        sha256(request.stageId()),
        100,
        102_400,
        Map.of(corpus, 102_400L),
        false,
        100,
        null,
        5.0,
        7e11,
        request.spec().marks().stream().map(mark -> marked(request, mark)).toList(),
        request.attempt());
  }

  private static Marked marked(StageRequested request, long mark) {
    String path = "checkpoints/%s/mark-%d".formatted(request.stageId(), mark);
    return new Marked(mark, path, sha256(request.stageId() + mark), 50, mark);
  }

  static StageFailed failed(StageRequested request) {
    return new StageFailed(
        request.stageId(),
        request.attempt(),
        FailureCode.LOSS_NOT_FINITE,
        "The loss became NaN at step 17.",
        "Lower the learning rate.");
  }

  static EvaluationFailed unscored(StageRequested request) {
    return new EvaluationFailed(
        request.stageId(),
        "checkpoints/" + request.stageId() + "/final",
        sha256(request.stageId()),
        null,
        null,
        FailureCode.CHECKPOINT_UNUSABLE,
        "model.safetensors: A byte has changed.",
        "Restore the file.");
  }

  static CheckpointEvaluated evaluated(StageRequested request) {
    return evaluated(request, EvaluationPoint.FINAL);
  }

  static CheckpointEvaluated evaluated(StageRequested request, EvaluationPoint point) {
    String weights = request.stageId() + (point instanceof Mark mark ? mark.tokens() : "");
    return new CheckpointEvaluated(
        request.stageId(),
        "checkpoints/" + request.stageId(),
        sha256(weights),
        point,
        100,
        request.evaluations().stream().map(set -> result(request, set)).toList(),
        List.of());
  }

  private static LossResult result(StageRequested request, HeldOutSet set) {
    double rate = request.spec().optimization().peakLearningRate();
    boolean fineTuned = request.spec().kind() == StageKind.FINE_TUNE;
    double noise = new Random(Json.sha256(request.stageId() + set).hashCode()).nextDouble() * 0.02;
    Function<String, Boolean> is = name -> set.corpus().equals(Json.sha256(name));
    double strength = fineTuned ? Math.log(rate / 1e-4) : 0;
    double loss =
        noise
            + (is.apply("metamath")
                ? 2.5 + strength
                : is.apply("factbook") ? 5 - strength / 2 : 7 + strength / 10);
    return new LossResult(
        set.corpus(),
        loss,
        0.02,
        set.maxTokens(),
        set.maxTokens() / 128,
        set.maxTokens() * 4,
        Math.exp(loss),
        loss / Math.log(2) / 4,
        set.maxTokens());
  }

  static String sha256(String stageId) {
    return Json.sha256("weights of " + stageId);
  }

  /** Requests that are not called off: a cancellation means its attempt and those before. */
  List<StageRequested> open(java.util.Collection<String> stages) {
    List<StageCancelled> cancelled = seen(StageCancelled.class, stages);
    return seen(StageRequested.class, stages).stream()
        .filter(request -> cancelled.stream().noneMatch(each -> covers(each, request)))
        .toList();
  }

  private static boolean covers(StageCancelled cancelled, StageRequested request) {
    return cancelled.stageId().equals(request.stageId())
        && cancelled.attempt() >= request.attempt();
  }

  @Override
  public void close() throws InterruptedException {
    open = false;
    reader.join();
    producer.close();
  }
}
