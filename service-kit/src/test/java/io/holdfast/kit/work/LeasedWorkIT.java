package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.kit.Applied;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class LeasedWorkIT {

  private static final String KIND = ScriptedWork.KIND;

  @Inject LeasedWork work;
  @Inject ScriptedWork handler;
  @Inject OtherWork other;
  @Inject Applied applied;

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
  void postponedWorkLeavesItsWorkersToOthersAndGoesOnWhenItIsWoken() {
    AtomicInteger runs = new AtomicInteger();
    AtomicBoolean there = new AtomicBoolean();
    List<String> waiting = Stream.generate(() -> waitingFor(there, runs)).limit(5).toList();
    waiting.forEach(this::submit);
    await().until(() -> runs.get() == 5);

    String next = script((item, lease) -> {});
    submit(next);
    awaitGone(next);
    assertThat(runs).as("nobody looks again before the pause is over").hasValue(5);

    there.set(true);
    QuarkusTransaction.requiringNew().run(() -> waiting.forEach(id -> work.wake(KIND, id)));
    waiting.forEach(this::awaitGone);
    assertThat(runs).hasValue(10);
    assertThat(handler.exhausted)
        .as("waiting is no failure")
        .doesNotContainKeys(waiting.toArray(new String[0]));
  }

  private String waitingFor(AtomicBoolean there, AtomicInteger runs) {
    return script(
        (item, lease) -> {
          runs.incrementAndGet();
          if (!there.get()) {
            lease.postpone(Duration.ofHours(1));
          }
        });
  }

  @Test
  void postponedWorkGoesOnByItselfAfterItsPause() {
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() < 3) {
                lease.postpone(Duration.ofMillis(100));
              }
            });
    submit(id);
    awaitGone(id);
    assertThat(runs).hasValue(3);
  }

  /** What it waits for can come while it looks and does not find it yet. */
  @Test
  void workThatIsWokenWhileItIsPerformedIsPerformedOnceMore() {
    AtomicInteger runs = new AtomicInteger();
    String id =
        script(
            (item, lease) -> {
              if (runs.incrementAndGet() == 1) {
                QuarkusTransaction.requiringNew().run(() -> work.wake(KIND, item.id()));
                lease.postpone(Duration.ofHours(1));
              }
            });
    submit(id);
    awaitGone(id);
    assertThat(runs).hasValue(2);
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
    // One of the two workers stays busy, so that the other takes the rest one by one.
    String keeper = script((i, l) -> Thread.sleep(0));
    free.countDown();
    ids.forEach(this::awaitGone);
    List<String> order = handler.started.stream().filter(ids::contains).toList();
    assertThat(order.getLast()).isEqualTo(ids.get(0));
    assertThat(keeper).isNotNull();
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

  private String script(ScriptedWork.Script script) {
    String id = UUID.randomUUID().toString();
    handler.scripts.put(id, script);
    return id;
  }

  private void submit(String id) {
    QuarkusTransaction.requiringNew().run(() -> work.submit(KIND, id, 0));
  }

  private void awaitGone(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                applied.count("select count(*) from kit_work where task_instance = '" + id + "'")
                    == 0);
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
