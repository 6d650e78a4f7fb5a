package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work is performed: once, in order, again when it fails. */
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class LeasedWorkIT extends WorkFixture {

  @Inject OtherWork other;

  @Test
  void submittedWorkStartsWithinMoments() throws Exception {
    String warmUp = script((item, lease) -> {});
    submit(warmUp);
    awaitGone(warmUp);
    CompletableFuture<Long> start = new CompletableFuture<>();
    String id = script((item, lease) -> start.complete(System.nanoTime()));
    long before = System.nanoTime();
    submit(id);
    assertThat(Duration.ofNanos(start.get() - before)).isLessThan(Duration.ofMillis(500));
    awaitGone(id);
  }

  @Test
  void workOfARolledBackTransactionIsNeverPerformed() {
    String id = script((item, lease) -> {});
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          work.submit(KIND, id, 0);
                          throw new IllegalStateException("changed my mind");
                        }))
        .hasMessageContaining("changed my mind");
    String next = script((item, lease) -> {});
    submit(next);
    awaitGone(next);
    assertThat(handler.started).contains(next).doesNotContain(id);
  }

  @Test
  void repeatedSubmissionOfWaitingWorkIsPerformedOnce() {
    AtomicInteger runs = new AtomicInteger();
    String id = script((item, lease) -> runs.incrementAndGet());
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              work.submit(KIND, id, 0);
              work.submit(KIND, id, 0);
              work.submit(KIND, id, 0);
            });
    awaitGone(id);
    assertThat(runs).hasValue(1);
  }

  @Test
  void submissionThatMeetsRunningWorkMakesItRunOnceMore() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() == 1) {
                running.countDown();
                goOn.await();
              }
            });
    submit(id);
    running.await();
    submit(id);
    submit(id);
    goOn.countDown();
    awaitGone(id);
    assertThat(runs).hasValue(2);
  }

  @Test
  void higherPriorityGoesFirst() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    List<String> blockers = List.of(script((i, l) -> free.await()), script((i, l) -> free.await()));
    blockers.forEach(this::submit);
    await().until(() -> handler.started.containsAll(blockers));
    List<String> ids = List.of(script((i, l) -> {}), script((i, l) -> {}), script((i, l) -> {}));
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              work.submit(KIND, ids.get(0), 1);
              work.submit(KIND, ids.get(1), 3);
              work.submit(KIND, ids.get(2), 2);
            });
    free.countDown();
    ids.forEach(this::awaitGone);
    List<String> order = handler.started.stream().filter(ids::contains).toList();
    assertThat(order.getLast()).isEqualTo(ids.get(0));
  }

  @Test
  void kindsAreIndependent() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    List<String> blockers = List.of(script((i, l) -> free.await()), script((i, l) -> free.await()));
    blockers.forEach(this::submit);
    String id = UUID.randomUUID().toString();
    QuarkusTransaction.requiringNew().run(() -> work.submit(OtherWork.KIND, id, 0));
    await().until(() -> other.performed.contains(id));
    free.countDown();
    blockers.forEach(this::awaitGone);
  }

  @Test
  void failingWorkIsTriedAgainAndThenGivenUp() {
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              assertThat(item.failures()).isEqualTo(runs.getAndIncrement());
              throw new IllegalArgumentException("never works");
            });
    submit(id);
    await().until(() -> handler.exhausted.containsKey(id));
    assertThat(handler.exhausted.get(id)).hasMessage("never works");
    assertThat(runs).hasValue(3);
    awaitGone(id);
  }

  @Test
  void workThatIsGivenBackIsFreeAtOnce() {
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() < 3) {
                lease.giveBack();
              }
            });
    submit(id);
    awaitGone(id);
    assertThat(runs).hasValue(3);
  }
}
