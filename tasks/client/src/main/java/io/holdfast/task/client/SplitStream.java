package io.holdfast.task.client;

import io.holdfast.contracts.task.TaskSplit;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ScheduledExecutorService;

/** Brings one split, line by line, over as many connections as it takes. */
final class SplitStream {

  private static final String TYPE = "application/x-ndjson";
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int LONGEST_PAUSE_DOUBLINGS = 6;

  private final URI base;
  private final TaskSplit split;
  private final Exchange exchange;
  private final TaskLimits limits;
  private final ScheduledExecutorService clock;
  private final LineSink sink;
  private final SplitHash taken;
  private final long end;

  SplitStream(
      URI base,
      TaskSplit split,
      Exchange exchange,
      TaskLimits limits,
      ScheduledExecutorService clock,
      SplitHash taken,
      LineSink sink) {
    this.base = base;
    this.split = split;
    this.exchange = exchange;
    this.limits = limits;
    this.clock = clock;
    this.taken = taken;
    this.sink = sink;
    this.end = System.nanoTime() + limits.stream().toNanos();
  }

  /** How one connection ended. */
  private sealed interface End {
    /** As it should: nothing more comes. */
    record Clean() implements End {}

    /** In the middle. */
    record Cut(String reason) implements End {}

    /** With something that is not to be. */
    record Wrong(Outcome.Violation<Long> violation) implements End {}
  }

  /**
   * Takes all lines that were not taken yet; succeeds with their number when all is as described.
   */
  Outcome<Long> take() throws InterruptedException {
    int fruitless = 0;
    while (true) {
      long before = taken.lines();
      End ended = once();
      if (ended instanceof End.Wrong(Outcome.Violation<Long> violation)) {
        return violation;
      }
      if (taken.lines() == split.lines() && ended instanceof End.Clean) {
        return verified();
      }
      fruitless = taken.lines() > before ? 0 : fruitless + 1;
      if (fruitless >= limits.attempts() || System.nanoTime() - end >= 0) {
        return givenUp(ended);
      }
      Thread.sleep(limits.pause().multipliedBy(1L << Math.min(fruitless, LONGEST_PAUSE_DOUBLINGS)));
    }
  }

  private Outcome<Long> verified() {
    String sha256 = HexFormat.of().formatHex(taken.sha256());
    return sha256.equals(split.sha256()) && taken.bytes() == split.bytes()
        ? Outcome.success(taken.lines())
        : Outcome.violation(AnswerProblems.wrongHash(split, sha256));
  }

  private Outcome<Long> givenUp(End ended) {
    return switch (ended) {
      case End.Clean() ->
          Outcome.violation(AnswerProblems.fewerThanDescribed(split, taken.lines()));
      case End.Cut(String reason) ->
          Outcome.unreachable(
              "%s of %s, after %,d of %,d lines: %s"
                  .formatted(split.path(), base, taken.lines(), split.lines(), reason));
      case End.Wrong(Outcome.Violation<Long> violation) -> violation;
    };
  }

  private End once() throws InterruptedException {
    String resource = split.path() + "?offset=" + taken.lines();
    return switch (exchange.open(base, resource, null, TYPE)) {
      case Outcome.Success<InputStream>(InputStream body) -> read(body);
      case Outcome.Unreachable<InputStream>(String reason) -> new End.Cut(reason);
      case Outcome.Violation<InputStream>(var problems) ->
          new End.Wrong(new Outcome.Violation<>(problems));
    };
  }

  private End read(InputStream body) {
    Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1));
    LineSplitter splitter = new LineSplitter(limits.maxLineBytes());
    byte[] buffer = new byte[BUFFER_BYTES];
    long comes = taken.bytes();
    try (StreamGuard guard =
        new StreamGuard(body, clock, limits.patience(), limits.minBytes(), left)) {
      for (int count = guard.read(buffer); count >= 0; count = guard.read(buffer)) {
        comes += count;
        if (comes > split.bytes()) {
          return wrong(Outcome.violation(AnswerProblems.moreThanDescribed(split)));
        }
        if (!splitter.feed(buffer, count, this::line)) {
          return wrong(
              Outcome.violation(
                  AnswerProblems.lineTooLong(split, taken.lines() + 1, limits.maxLineBytes())));
        }
      }
      return new End.Clean();
    } catch (IOException e) {
      return new End.Cut(e.getMessage() + ".");
    }
  }

  private void line(byte[] line) {
    taken.add(line);
    sink.accept(taken.lines(), line);
  }

  private static End wrong(Outcome<Long> violation) {
    return new End.Wrong((Outcome.Violation<Long>) violation);
  }
}
