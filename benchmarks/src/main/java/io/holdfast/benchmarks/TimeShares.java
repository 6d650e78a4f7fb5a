package io.holdfast.benchmarks;

import io.holdfast.lm.program.EngineCall;
import io.holdfast.lm.train.BatchRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/**
 * Records where a running stage's time goes, from the events that the engine gives to JDK Flight
 * Recorder. What is neither a call of libtorch nor the reading of a batch is Java.
 */
final class TimeShares implements AutoCloseable {

  private final RecordingStream recording = new RecordingStream();
  private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();

  TimeShares() {
    recording.setReuse(false);
    for (String name : List.of(BatchRead.NAME, EngineCall.NAME)) {
      recording.enable(name).withThreshold(Duration.ZERO);
      recording.onEvent(name, events::add);
    }
    recording.startAsync();
  }

  /**
   * Where the time of the last steps went.
   *
   * @param seconds the steps' time by the clock
   * @param readingSeconds reading batches
   * @param engineSeconds calls of libtorch
   * @param engineCalls number of those
   */
  record Shares(double seconds, double readingSeconds, double engineSeconds, long engineCalls) {

    double reading() {
      return readingSeconds / seconds;
    }

    /** Everything between the calls but reading, plus what each call spends before libtorch. */
    double java(double overheadSecondsPerCall) {
      double between = seconds - readingSeconds - engineSeconds;
      return (between + overheadSecondsPerCall * engineCalls) / seconds;
    }
  }

  /** Stops recording; sums the events of the last steps, one batch read per step. */
  Shares lastSteps(List<Double> stepSeconds) {
    recording.stop();
    List<RecordedEvent> ordered = new ArrayList<>(events);
    ordered.sort((a, b) -> a.getStartTime().compareTo(b.getStartTime()));
    int reads = 0;
    double reading = 0;
    double engine = 0;
    long calls = 0;
    for (RecordedEvent event : ordered.reversed()) {
      if (reads == stepSeconds.size()) {
        break;
      }
      double seconds = event.getDuration().toNanos() / 1e9;
      if (event.getEventType().getName().equals(BatchRead.NAME)) {
        reading += seconds;
        reads++;
      } else {
        engine += seconds;
        calls++;
      }
    }
    double total = stepSeconds.stream().mapToDouble(Double::doubleValue).sum();
    return new Shares(total, reading, engine, calls);
  }

  @Override
  public void close() {
    recording.close();
  }
}
