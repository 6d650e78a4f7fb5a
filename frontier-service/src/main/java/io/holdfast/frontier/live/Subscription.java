package io.holdfast.frontier.live;

import io.holdfast.frontier.live.LiveTail.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One subscriber: a position in the stream and nothing else, so a slow one costs no memory. It is
 * asked for the next frames only after the ones before were written to its socket.
 */
final class Subscription {

  private static final int PAGE = 200;

  private final LiveLog log;
  private final LiveTail tail;
  private final String study;
  private final Duration heartbeat;
  private final Runnable disconnect;
  private final List<Frame> pending = new ArrayList<>();
  private long position;
  private volatile long writingSince = Long.MAX_VALUE;

  Subscription(
      LiveLog log,
      LiveTail tail,
      String study,
      Long lastEventId,
      Duration heartbeat,
      Runnable disconnect) {
    this.log = log;
    this.tail = tail;
    this.study = study;
    this.heartbeat = heartbeat;
    this.disconnect = disconnect;
    start(lastEventId);
  }

  /** What is written to a subscriber. */
  sealed interface Frame {

    /** An event. */
    record Event(LiveEvent event) implements Frame {}

    /** Events that the subscriber misses are gone; {@code id} is where the stream goes on. */
    record Resync(long id, long oldest) implements Frame {}

    /** A comment that keeps the connection open and tells the position. */
    record Heartbeat(long id) implements Frame {}
  }

  private void start(Long lastEventId) {
    long last = log.lastId();
    if (lastEventId == null) {
      position = last;
      pending.add(new Frame.Heartbeat(last));
      return;
    }
    long oldest = log.oldestId();
    if (lastEventId > last || lastEventId < oldest - 1) {
      position = last;
      pending.add(new Frame.Resync(last, oldest));
    } else {
      position = lastEventId;
    }
  }

  /** The next frames, at least one; waits for them, at most until a heartbeat is due. */
  List<Frame> next() throws InterruptedException {
    writingSince = Long.MAX_VALUE;
    List<Frame> frames = take();
    writingSince = System.nanoTime();
    return frames;
  }

  private List<Frame> take() throws InterruptedException {
    if (!pending.isEmpty()) {
      List<Frame> first = List.copyOf(pending);
      pending.clear();
      return first;
    }
    long due = System.nanoTime() + heartbeat.toNanos();
    while (true) {
      CountDownLatch arrival = tail.next();
      List<Frame> frames = look();
      if (!frames.isEmpty()) {
        return frames;
      }
      long left = due - System.nanoTime();
      if (left <= 0) {
        return List.of(new Frame.Heartbeat(position));
      }
      LiveSignal.await(arrival, Duration.ofNanos(left).plusMillis(1));
    }
  }

  private List<Frame> look() {
    Optional<Page> page = tail.after(position, study, PAGE);
    if (page.isPresent()) {
      return advance(page.get());
    }
    long oldest = log.oldestId();
    long last = log.lastId();
    if (position < oldest - 1) {
      // Removal has overtaken a reader that far behind; it must be told of the gap.
      position = last;
      return List.of(new Frame.Resync(last, oldest));
    }
    List<LiveEvent> events = log.after(position, study, PAGE);
    // A page that is not full reaches at least to the number that was the last before it was read.
    long seen = events.isEmpty() ? position : events.getLast().id();
    return advance(new Page(events, events.size() == PAGE ? seen : Math.max(seen, last)));
  }

  private List<Frame> advance(Page page) {
    position = page.seen();
    return page.events().stream().<Frame>map(Frame.Event::new).toList();
  }

  /** Whether the subscriber has been taking longer than this over what it was sent. */
  boolean isStuck(Duration limit) {
    long since = writingSince;
    return since != Long.MAX_VALUE && System.nanoTime() - since > limit.toNanos();
  }

  /** Closes the subscriber's connection; it may come back with its Last-Event-ID. */
  void disconnect() {
    disconnect.run();
  }
}
