package io.holdfast.lm.train;

import java.time.Duration;

/** Collects what happened since the last report, and makes a report about once a second. */
final class ProgressMeter {

  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private final StageListener listener;
  private final long steps;
  private final long totalTokens;
  private long lastReport = System.nanoTime();
  private double nats;
  private long scored;
  private long tokens;
  private long trainingNanos;

  ProgressMeter(StageListener listener, long steps, long totalTokens) {
    this.listener = listener;
    this.steps = steps;
    this.totalTokens = totalTokens;
  }

  /**
   * Counts a step.
   *
   * @param stepScored those of its tokens that the loss is the mean of
   */
  void stepped(double lossNatsPerToken, long stepScored, long stepTokens, long stepNanos) {
    nats += lossNatsPerToken * stepScored;
    scored += stepScored;
    tokens += stepTokens;
    trainingNanos += stepNanos;
  }

  /** Reports when it is time to. */
  void reportIfDue(Position position, Double devLoss, double learningRate) {
    if (System.nanoTime() - lastReport >= INTERVAL) {
      report(position, devLoss, learningRate);
    }
  }

  /** Reports what is not reported yet. */
  void report(Position position, Double devLoss, double learningRate) {
    if (tokens == 0) {
      return;
    }
    listener.progressed(
        new StageProgress(
            position.step(),
            steps,
            position.tokens(),
            totalTokens,
            nats / Math.max(1, scored),
            devLoss,
            learningRate,
            tokens * NANOS_PER_SECOND / Math.max(1, trainingNanos)));
    lastReport = System.nanoTime();
    nats = 0;
    scored = 0;
    tokens = 0;
    trainingNanos = 0;
  }
}
