package io.holdfast.kit.outbox;

import io.agroal.api.AgroalDataSource;
import io.holdfast.kit.kafka.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends the outbox's events: woken by each commit in this process, and by a clock for the commits
 * of processes that died before they could send. One relay of a service sends at a time, whichever
 * pod it runs in.
 */
@ApplicationScoped
public class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

  private final AgroalDataSource database;
  private final KafkaClients clients;
  private final Duration poll;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile Thread thread;
  private volatile boolean running;

  /**
   * @param poll how often this process looks for events that another one could not send
   */
  @Inject
  OutboxRelay(
      AgroalDataSource database,
      KafkaClients clients,
      @ConfigProperty(name = "holdfast.outbox.poll", defaultValue = "1s") Duration poll) {
    this.database = database;
    this.clients = clients;
    this.poll = poll;
  }

  /** Tells the relay that there is something to send; never blocks. */
  void wake() {
    wakeUps.release();
  }

  void onStart(@Observes StartupEvent event) {
    running = true;
    thread = Thread.ofPlatform().name("holdfast-outbox").daemon().start(this::relay);
  }

  /** Work that ends on shutdown still publishes, so the relay goes after it. */
  void onStop(@Observes @Priority(3000) ShutdownEvent event) throws InterruptedException {
    running = false;
    wake();
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }

  private void relay() {
    Duration pause = FIRST_PAUSE;
    try {
      while (running) {
        // A fresh producer after each failure: the old one may be beyond repair, and must not send
        // later what is about to be sent again.
        if (sendUntilFailure()) {
          return;
        }
        waitForWork(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns true when the relay was stopped and has sent what there was, false on a failure. */
  private boolean sendUntilFailure() throws InterruptedException {
    KafkaProducer<byte[], byte[]> producer = clients.durableProducer();
    try {
      OutboxBatch batch = new OutboxBatch(database, producer);
      Duration busyPause = BUSY_PAUSE;
      while (true) {
        // Read before sending: what was committed before the stop is still sent.
        boolean stopping = !running;
        switch (attempt(batch)) {
          case DRAINED -> {
            if (stopping) {
              return true;
            }
            waitForWork(poll);
          }
          case MORE -> {}
          case BUSY -> {
            // Usually the other relay sends ours too; when it waits for Kafka, so can we.
            waitForWork(busyPause);
            busyPause = shorter(busyPause.multipliedBy(2), poll);
            continue;
          }
          case FAILED -> {
            return false;
          }
        }
        busyPause = BUSY_PAUSE;
      }
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private OutboxBatch.Outcome attempt(OutboxBatch batch) throws InterruptedException {
    try {
      return batch.send();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // The thread's boundary: database or broker are away, the rows stay and are tried again.
      LOG.warnf("The outbox waits: %s", e.toString());
      return OutboxBatch.Outcome.FAILED;
    }
  }

  private void waitForWork(Duration limit) throws InterruptedException {
    if (wakeUps.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
