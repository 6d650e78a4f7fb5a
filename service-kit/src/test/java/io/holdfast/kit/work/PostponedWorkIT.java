package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that waits for something holds no worker. */
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class PostponedWorkIT extends WorkFixture {

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
}
