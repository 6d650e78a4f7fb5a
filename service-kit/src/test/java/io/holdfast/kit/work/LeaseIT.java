package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has the lease when workers die or freeze, or when their work is taken away. */
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class LeaseIT extends WorkFixture {

  /** Two workers never own a stage: the fence rejects the one whose heartbeats stopped. */
  @Test
  void writeOfAFrozenWorkerIsRejectedOnceAnotherHasTheWork() throws Exception {
    CountDownLatch secondIsDone = new CountDownLatch(1);
    CompletableFuture<Throwable> rejection = new CompletableFuture<>();
    CompletableFuture<Boolean> heldAfterwards = new CompletableFuture<>();
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<String> name = new AtomicReference<>();
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() > 1) {
                lease.write(() -> applied.note(name.get() + " by the second worker"));
                secondIsDone.countDown();
                return;
              }
              lease.write(() -> applied.note(name.get() + " by the first worker"));
              looksDead(item.id());
              secondIsDone.await();
              try {
                lease.write(() -> applied.note(name.get() + " by a worker without lease"));
                rejection.complete(null);
              } catch (LeaseLostException e) {
                rejection.complete(e);
              }
              heldAfterwards.complete(lease.held());
            });
    name.set(id);
    submit(id);
    assertThat(rejection.get()).isInstanceOf(LeaseLostException.class);
    assertThat(heldAfterwards.get()).isFalse();
    awaitGone(id);
    assertThat(applied.notesWith(id))
        .containsExactly(id + " by the first worker", id + " by the second worker");
  }

  /** A later submission of the same id reaches the same version numbers; they are not enough. */
  @Test
  void fenceOfAnEarlierSubmissionDoesNotFitALaterOne() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch secondRuns = new CountDownLatch(1);
    CountDownLatch firstIsDone = new CountDownLatch(1);
    CompletableFuture<Throwable> rejection = new CompletableFuture<>();
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() == 1) {
                cancelled.await();
                secondRuns.await();
                try {
                  lease.write(() -> applied.note(item.id() + " written without lease"));
                  rejection.complete(null);
                } catch (LeaseLostException e) {
                  rejection.complete(e);
                } finally {
                  firstIsDone.countDown();
                }
              } else {
                secondRuns.countDown();
                firstIsDone.await();
              }
            });
    submit(id);
    await().until(() -> runs.get() == 1);
    QuarkusTransaction.requiringNew().run(() -> work.cancel(KIND, id));
    submit(id);
    cancelled.countDown();
    assertThat(rejection.get()).isInstanceOf(LeaseLostException.class);
    awaitGone(id);
    assertThat(applied.notesWith(id)).isEmpty();
  }

  @Test
  void cancelledWorkIsNotHeldAndNotRepeated() throws Exception {
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    CountDownLatch running = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              runs.incrementAndGet();
              running.countDown();
              await().until(() -> !lease.held());
              noticed.complete(true);
            });
    submit(id);
    running.await();
    QuarkusTransaction.requiringNew().run(() -> work.cancel(KIND, id));
    assertThat(noticed.get()).isTrue();
    awaitGone(id);
    assertThat(runs).hasValue(1);
  }

  /** As another process would cancel it: nothing in this one knows before its next heartbeat. */
  @Test
  void heartbeatNoticesThatTheWorkIsGone() throws Exception {
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    CountDownLatch running = new CountDownLatch(1);
    String id =
        script(
            (item, lease) -> {
              running.countDown();
              await().until(() -> !lease.held());
              noticed.complete(true);
            });
    submit(id);
    running.await();
    applied.update("delete from kit_work where task_instance = '" + id + "'");
    assertThat(noticed.get()).isTrue();
  }

  @Test
  void workOfADeadWorkerIsPerformedByAnother() {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger crashes = new AtomicInteger(-1);
    String id =
        script(
            (item, lease) -> {
              runs.incrementAndGet();
              crashes.set(item.crashes());
            });
    pickedByADeadWorker(id, 0);
    awaitGone(id);
    assertThat(runs).hasValue(1);
    assertThat(crashes).hasValue(1);
  }

  @Test
  void workThatKillsItsWorkersIsGivenUp() {
    String id = script((item, lease) -> {});
    pickedByADeadWorker(id, 2);
    await().until(() -> handler.exhausted.containsKey(id));
    assertThat(handler.exhausted.get(id)).isInstanceOf(WorkerDiedException.class);
    assertThat(handler.started).doesNotContain(id);
    awaitGone(id);
  }

  @Test
  void progressForgetsEarlierDeaths() {
    AtomicInteger crashes = new AtomicInteger(-1);
    String id =
        script(
            (item, lease) -> {
              lease.progressed();
              crashes.set(
                  (int)
                      applied.count(
                          "select crashes from kit_work where task_instance = '"
                              + item.id()
                              + "'"));
            });
    pickedByADeadWorker(id, 1);
    awaitGone(id);
    assertThat(crashes).hasValue(0);
  }

  @Test
  void heldWorkIsKeptOverManyHeartbeats() {
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              runs.incrementAndGet();
              // Three times as long as it takes to be considered dead without heartbeats.
              long end = System.nanoTime() + Duration.ofMillis(300 * 4 * 3).toNanos();
              await().atMost(Duration.ofSeconds(10)).until(() -> System.nanoTime() > end);
              assertThat(lease.held()).isTrue();
            });
    submit(id);
    awaitGone(id);
    assertThat(runs).hasValue(1);
  }

  /** What the table shows once a worker was stopped: a heartbeat that is too old. */
  private void looksDead(String id) {
    // Its process does send heartbeats in truth, so the row must look dead when they look.
    applied.update(
        "update kit_work set version = version + 1, picked = false, picked_by = null,"
            + " execution_time = now() - interval '1 second' where task_instance = '"
            + id
            + "'");
  }

  private void pickedByADeadWorker(String id, int crashes) {
    applied.update(
        "insert into kit_work (task_name, task_instance, task_data, execution_time, picked,"
            + " picked_by, last_heartbeat, version, crashes) values ('"
            + KIND
            + "', '"
            + id
            + "', convert_to('dead', 'UTF8'), now(), true, 'dead', now() - interval '1 hour', 2, "
            + crashes
            + ")");
  }
}
