package io.holdfast.task.client;

import java.time.Duration;

/**
 * How much of a stranger is borne.
 *
 * @param maxSplitBytes a split's bytes
 * @param maxSplitLines a split's lines
 * @param maxLineBytes a line's bytes, without its line feed
 * @param maxBodyBytes a description's or a score's bytes
 * @param connect to connect in
 * @param call for a description, a health check or a batch of scores
 * @param patience a stream must bring {@code minBytes} in each such time
 * @param minBytes bytes that a stream must bring in each patience, unless it ends
 * @param stream for a whole split, with all its resumptions
 * @param attempts tries of a call, and tries of a stream that bring no further line
 * @param pause before the second try; each next pause is twice as long
 */
public record TaskLimits(
    long maxSplitBytes,
    long maxSplitLines,
    int maxLineBytes,
    int maxBodyBytes,
    Duration connect,
    Duration call,
    Duration patience,
    long minBytes,
    Duration stream,
    int attempts,
    Duration pause) {

  public static final TaskLimits DEFAULT =
      new TaskLimits(
          1L << 30,
          10_000_000,
          1 << 20,
          1 << 20,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          64 << 10,
          Duration.ofHours(1),
          3,
          Duration.ofMillis(500));

  public TaskLimits {
    if (maxSplitBytes < 1 || maxSplitLines < 1 || maxLineBytes < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException("limits of size are positive");
    }
    if (minBytes < 1 || attempts < 1 || pause.isNegative()) {
      throw new IllegalArgumentException("a service is asked at least once and must bring a byte");
    }
    for (Duration time : new Duration[] {connect, call, patience, stream}) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("limits of time are positive");
      }
    }
  }
}
