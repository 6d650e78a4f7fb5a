package io.holdfast.frontier.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Wakes whoever waits for something new. To miss nothing, take {@link #next} first, then look, then
 * wait.
 */
@ApplicationScoped
public class LiveSignal {

  private final AtomicReference<CountDownLatch> latch =
      new AtomicReference<>(new CountDownLatch(1));

  /** What the next {@link #raise} opens. */
  CountDownLatch next() {
    return latch.get();
  }

  /** Wakes everybody who waits. */
  void raise() {
    latch.getAndSet(new CountDownLatch(1)).countDown();
  }

  /** Waits; false when the time is over. */
  static boolean await(CountDownLatch next, Duration limit) throws InterruptedException {
    return next.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
