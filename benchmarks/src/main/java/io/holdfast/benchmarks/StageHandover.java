package io.holdfast.benchmarks;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.EventType;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Reads what a finished study left on the topics and says how long training stood still between
 * stages. A stage's first step began when its first progress event was written, less the time that
 * the reported tokens took.
 */
@Command(
    name = "handover",
    mixinStandardHelpOptions = true,
    description = "Time from one stage's completion to the next stage's first step.")
public final class StageHandover implements Runnable {

  @Option(
      names = "--kafka",
      required = true,
      description = "bootstrap servers, as ./holdfast status shows them")
  String bootstrapServers;

  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, Instant> completed = new HashMap<>();
  private final Map<String, FirstReport> first = new HashMap<>();

  private record FirstReport(Instant reported, Instant began, String worker) {}

  /** Reports what the topics of a broker say. */
  public static void report(String bootstrapServers) {
    StageHandover handover = new StageHandover();
    handover.bootstrapServers = bootstrapServers;
    handover.run();
  }

  @Override
  public void run() {
    read();
    report("parent completed → its first child's first step", firstChildren());
    report("a trainer's stage completed → its next stage's first step", sameWorker());
  }

  private void read() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of(
                  EventType.STAGE_REQUESTED, EventType.STAGE_PROGRESSED, EventType.STAGE_COMPLETED)
              .flatMap(type -> consumer.partitionsFor(type.topic()).stream())
              .map((PartitionInfo p) -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, String> entry : consumer.poll(Duration.ofMillis(200))) {
          take(CloudEvent.parse(entry.value()));
        }
      }
    }
  }

  private void take(CloudEvent event) {
    switch (event.data()) {
      case StageRequested e when e.spec().parent() != null ->
          parents.put(e.stageId(), e.spec().parent());
      case StageCompleted e -> completed.merge(e.stageId(), event.time(), StageHandover::earlier);
      case StageProgressed e -> {
        Duration training =
            Duration.ofNanos((long) (1e9 * e.tokens() / Math.max(1, e.tokensPerSecond())));
        FirstReport report =
            new FirstReport(event.time(), event.time().minus(training), e.worker());
        // A later report's rate is that of its last seconds, which says nothing of the first.
        first.merge(e.stageId(), report, (a, b) -> a.reported().isBefore(b.reported()) ? a : b);
      }
      default -> {}
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private List<Double> firstChildren() {
    Map<String, Instant> firstChild = new HashMap<>();
    parents.forEach(
        (child, parent) -> {
          if (first.containsKey(child) && completed.containsKey(parent)) {
            firstChild.merge(parent, first.get(child).began(), StageHandover::earlier);
          }
        });
    return firstChild.entrySet().stream()
        .map(e -> milliseconds(completed.get(e.getKey()), e.getValue()))
        .toList();
  }

  private List<Double> sameWorker() {
    Map<String, List<String>> byWorker = new HashMap<>();
    first.forEach(
        (stage, report) ->
            byWorker.computeIfAbsent(report.worker(), w -> new ArrayList<>()).add(stage));
    List<Double> gaps = new ArrayList<>();
    for (List<String> stages : byWorker.values()) {
      stages.sort(Comparator.comparing(stage -> first.get(stage).began()));
      for (int i = 1; i < stages.size(); i++) {
        Instant end = completed.get(stages.get(i - 1));
        if (end != null) {
          gaps.add(milliseconds(end, first.get(stages.get(i)).began()));
        }
      }
    }
    return gaps;
  }

  private static double milliseconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static void report(String what, List<Double> gaps) {
    if (gaps.isEmpty()) {
      System.out.printf("%s: nothing to measure%n", what);
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %s ms, 99 of 100 within %.0f ms, n = %d%n",
        what,
        Spread.of(gaps).format("%.0f"),
        gaps.stream().sorted().toList().get((int) Math.ceil(0.99 * gaps.size()) - 1),
        gaps.size());
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StageHandover()).execute(arguments));
  }
}
