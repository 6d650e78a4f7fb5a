package io.holdfast.contracts.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The closed list of events: CloudEvents type, topic and data record. Topic = name. */
public enum EventType {
  STAGE_REQUESTED("stage-requested", 1, StageRequested.class),
  STAGE_PREPARED("stage-prepared", 1, StagePrepared.class),
  STAGE_PROGRESSED("stage-progressed", 1, StageProgressed.class),
  CHECKPOINT_PUBLISHED("checkpoint-published", 1, CheckpointPublished.class),
  CHECKPOINT_EVALUATED("checkpoint-evaluated", 1, CheckpointEvaluated.class),
  EVALUATION_FAILED("evaluation-failed", 1, EvaluationFailed.class),
  STAGE_COMPLETED("stage-completed", 1, StageCompleted.class),
  STAGE_FAILED("stage-failed", 1, StageFailed.class),
  STAGE_CANCELLED("stage-cancelled", 1, StageCancelled.class),
  STAGE_WAITING("stage-waiting", 1, StageWaiting.class),
  TASK_ANNOUNCED("task-announced", 1, TaskAnnounced.class),
  FRONTIER_UPDATED("frontier-updated", 1, FrontierUpdated.class);

  private final String topic;
  private final int version;
  private final Class<? extends HoldfastEvent> data;

  EventType(String topic, int version, Class<? extends HoldfastEvent> data) {
    this.topic = topic;
    this.version = version;
    this.data = data;
  }

  /** Kafka topic. */
  public String topic() {
    return topic;
  }

  /** Major version; a record that a version-1 reader could not understand gets version 2. */
  public int version() {
    return version;
  }

  /** CloudEvents {@code type}, such as {@code io.holdfast.stage-requested.v1}. */
  public String type() {
    return "io.holdfast." + topic + ".v" + version;
  }

  public Class<? extends HoldfastEvent> data() {
    return data;
  }

  /** Whether the topic keeps the last record of every key for good, and older ones for a while. */
  public boolean compacted() {
    return this == TASK_ANNOUNCED;
  }

  /**
   * How long its topic keeps a record. Who hears it stores it at once, so a topic need only outlive
   * the longest outage of a consumer: a week for what studies need, a day for what is shown live.
   */
  public Duration retention() {
    return this == STAGE_PROGRESSED || this == FRONTIER_UPDATED
        ? Duration.ofDays(1)
        : Duration.ofDays(7);
  }

  public static List<String> topics() {
    return Arrays.stream(values()).map(EventType::topic).toList();
  }

  /** The type of an event's data. */
  public static EventType of(HoldfastEvent event) {
    return switch (event) {
      case StageRequested e -> STAGE_REQUESTED;
      case StagePrepared e -> STAGE_PREPARED;
      case StageProgressed e -> STAGE_PROGRESSED;
      case CheckpointPublished e -> CHECKPOINT_PUBLISHED;
      case CheckpointEvaluated e -> CHECKPOINT_EVALUATED;
      case EvaluationFailed e -> EVALUATION_FAILED;
      case StageCompleted e -> STAGE_COMPLETED;
      case StageFailed e -> STAGE_FAILED;
      case StageCancelled e -> STAGE_CANCELLED;
      case StageWaiting e -> STAGE_WAITING;
      case TaskAnnounced e -> TASK_ANNOUNCED;
      case FrontierUpdated e -> FRONTIER_UPDATED;
    };
  }
}
