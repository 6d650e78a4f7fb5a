package io.holdfast.frontier.live;

import io.holdfast.frontier.live.Subscription.Frame;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Streams of live events. A subscriber that stops reading is disconnected after a while; nobody
 * else notices it, and it may come back with its Last-Event-ID.
 */
@ApplicationScoped
public class LiveFeed {

  private static final Logger LOG = Logger.getLogger(LiveFeed.class);

  private final LiveLog log;
  private final LiveTail tail;
  private final LiveConfig config;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  LiveFeed(LiveLog log, LiveTail tail, LiveConfig config) {
    this.log = log;
    this.tail = tail;
    this.config = config;
  }

  /** Whether another subscriber may come. */
  public boolean hasRoom() {
    return subscriptions.size() < config.subscribers();
  }

  /** Subscribers now. */
  public int subscribers() {
    return subscriptions.size();
  }

  /**
   * Frames for one subscriber. Blocks for two small queries.
   *
   * @param study only this study's events, or null for all
   * @param lastEventId number of the last event that the subscriber has, or null to begin now
   * @param disconnect closes its connection
   */
  Multi<Frame> subscribe(String study, Long lastEventId, Runnable disconnect) {
    Subscription subscription =
        new Subscription(log, tail, study, lastEventId, config.heartbeat(), disconnect);
    subscriptions.add(subscription);
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Uni.createFrom()
                    .<List<Frame>>emitter(
                        e ->
                            waiting.execute(
                                () -> {
                                  try {
                                    e.complete(subscription.next());
                                  } catch (InterruptedException | RuntimeException failure) {
                                    e.fail(failure);
                                  }
                                })))
        .indefinitely()
        .onItem()
        .<Frame>disjoint()
        .onTermination()
        .invoke(() -> subscriptions.remove(subscription));
  }

  @Scheduled(every = "5s", delayed = "5s")
  void disconnectStuck() {
    for (Subscription subscription : subscriptions) {
      if (subscription.isStuck(config.patience())) {
        LOG.infof("A subscriber has not read for %s and is disconnected", config.patience());
        subscriptions.remove(subscription);
        subscription.disconnect();
      }
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    subscriptions.forEach(Subscription::disconnect);
    waiting.shutdownNow();
  }
}
