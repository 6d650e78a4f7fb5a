package io.holdfast.frontier.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/**
 * The newest events in memory, read from the log once for all subscribers of this pod. Events of
 * this pod arrive at once; those of others after at most half a second.
 */
@ApplicationScoped
class LiveTail {

  private static final Logger LOG = Logger.getLogger(LiveTail.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int HELD = 1_000;
  private static final int BATCH = 250;

  private final LiveLog log;
  private final LiveSignal committed;
  private final LiveSignal arrived = new LiveSignal();
  private final Deque<LiveEvent> events = new ArrayDeque<>();
  private long first;
  private long last = -1;
  private volatile Thread reader;

  @Inject
  LiveTail(LiveLog log, LiveSignal committed) {
    this.log = log;
    this.committed = committed;
  }

  void onStart(@Observes StartupEvent event) {
    reader = Thread.ofVirtual().name("holdfast-live-tail").start(this::read);
  }

  void onStop(@Observes ShutdownEvent event) {
    reader.interrupt();
    arrived.raise();
  }

  /**
   * Events after a number, at most {@code limit}; empty optional when the tail no longer reaches
   * back that far.
   *
   * @param study only this study's, or null for all
   */
  synchronized Optional<Page> after(long id, String study, int limit) {
    if (last < 0 || id < first - 1) {
      return Optional.empty();
    }
    List<LiveEvent> page = new ArrayList<>();
    long seen = id;
    for (LiveEvent event : events) {
      if (event.id() <= id) {
        continue;
      }
      if (page.size() == limit) {
        break;
      }
      seen = event.id();
      if (study == null || event.studyId().equals(study)) {
        page.add(event);
      }
    }
    return Optional.of(new Page(page, page.size() < limit ? Math.max(seen, last) : seen));
  }

  /** Opens when something arrives after this call. */
  CountDownLatch next() {
    return arrived.next();
  }

  /**
   * A part of the stream.
   *
   * @param events those asked for
   * @param seen number up to which the stream was looked through
   */
  record Page(List<LiveEvent> events, long seen) {}

  private void read() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        CountDownLatch next = committed.next();
        if (!readNew()) {
          LiveSignal.await(next, LOOK);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("Live events are read later", e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean readNew() {
    if (last < 0) {
      startAt(log.lastId());
    }
    List<LiveEvent> fresh = log.after(last, null, BATCH);
    if (fresh.isEmpty()) {
      return false;
    }
    hold(fresh);
    arrived.raise();
    return true;
  }

  private synchronized void startAt(long id) {
    last = id;
    first = id + 1;
  }

  private synchronized void hold(List<LiveEvent> fresh) {
    events.addAll(fresh);
    last = fresh.getLast().id();
    while (events.size() > HELD) {
      events.removeFirst();
      first = events.getFirst().id();
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
