package io.holdfast.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoadedAtStartTest {

  @Test
  void isReadyOnceLoadedAndNotBefore() {
    CountDownLatch loading = new CountDownLatch(1);
    LoadedAtStart part = part(() -> awaitQuietly(loading));
    part.begin();
    assertThat(part.call().getStatus()).isEqualTo(Status.DOWN);

    loading.countDown();

    Awaitility.await().until(() -> part.call().getStatus() == Status.UP);
    assertThat(part.call()).returns("part", HealthCheckResponse::getName);
  }

  @Test
  void saysWhyItCannotBeLoaded() {
    LoadedAtStart part =
        part(
            () -> {
              throw new UnsatisfiedLinkError("no libpart in here");
            });
    part.begin();

    Awaitility.await().until(() -> part.call().getData().isPresent());
    assertThat(part.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(part.call().getData())
        .hasValue(Map.<String, Object>of("failure", "no libpart in here"));
  }

  private static LoadedAtStart part(Runnable load) {
    return new LoadedAtStart("part") {
      @Override
      protected void load() {
        load.run();
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
