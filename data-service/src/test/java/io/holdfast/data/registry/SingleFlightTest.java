package io.holdfast.data.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<Integer> flights = new SingleFlight<>();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void sharesWorkThatIsUnderWay() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> flights.get("key", () -> run(started, finish)));
      started.await();
      List<Thread> waiting = new ArrayList<>();
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        others.add(
            threads.submit(
                () -> {
                  synchronized (waiting) {
                    waiting.add(Thread.currentThread());
                  }
                  return flights.get("key", () -> run(started, finish));
                }));
      }
      Awaitility.await()
          .until(
              () -> {
                synchronized (waiting) {
                  return waiting.size() == 5
                      && waiting.stream().allMatch(t -> t.getState() == Thread.State.WAITING);
                }
              });
      finish.countDown();
      assertThat(first.get()).isEqualTo(1);
      for (Future<Integer> other : others) {
        assertThat(other.get()).isEqualTo(1);
      }
    }
  }

  private int run(CountDownLatch started, CountDownLatch finish) {
    started.countDown();
    try {
      finish.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return runs.incrementAndGet();
  }

  @Test
  void worksAnewOnceTheWorkIsDone() {
    assertThat(flights.get("key", runs::incrementAndGet)).isEqualTo(1);
    assertThat(flights.get("key", runs::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void forgetsAFailure() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                flights.get(
                    "key",
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .withMessage("broken");
    assertThat(flights.get("key", runs::incrementAndGet)).isEqualTo(1);
  }
}
