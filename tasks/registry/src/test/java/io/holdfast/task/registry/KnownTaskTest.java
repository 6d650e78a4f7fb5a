package io.holdfast.task.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.TaskAnnounced;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownTaskTest {

  private static final Instant NOW = Instant.parse("2026-11-22T09:10:00Z");
  private static final String SHA = "5b".repeat(32);

  @Test
  void isAvailableUntilItExpires() {
    KnownTask task = KnownTask.of(announced("http://a", SHA, NOW, 60));

    assertThat(task.available(NOW.plusSeconds(59))).isTrue();
    assertThat(task.available(NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void anotherAnnouncementRenewsItAndTellsWhereItIsNow() {
    KnownTask task =
        KnownTask.of(announced("http://a", SHA, NOW, 60))
            .hear(announced("http://b", SHA, NOW.plusSeconds(50), 60));

    assertThat(task.available(NOW.plusSeconds(100))).isTrue();
    assertThat(task.url()).isEqualTo(URI.create("http://b"));
  }

  @Test
  void aWithdrawnTaskIsAwayAtOnceAndComesBackWhenItIsAnnouncedAgain() {
    KnownTask gone =
        KnownTask.of(announced("http://a", SHA, NOW, 60))
            .hear(announced("http://a", SHA, NOW.plusSeconds(1), 0));

    assertThat(gone.withdrawn()).isTrue();
    assertThat(gone.available(NOW.plusSeconds(1))).isFalse();
    assertThat(
            gone.hear(announced("http://a", SHA, NOW.plusSeconds(2), 60))
                .available(NOW.plusSeconds(3)))
        .isTrue();
  }

  @Test
  void anotherDescriptionUnderTheSameVersionIsNotBelieved() {
    KnownTask task = KnownTask.of(announced("http://a", SHA, NOW, 60));
    KnownTask after = task.hear(announced("http://evil", "00".repeat(32), NOW.plusSeconds(1), 900));

    assertThat(after.url()).isEqualTo(task.url());
    assertThat(after.descriptionSha256()).isEqualTo(SHA);
    assertThat(after.expiresAt()).isEqualTo(task.expiresAt());
    assertThat(after.refused()).contains("http://evil").contains("facts@1");
    assertThat(after.hear(announced("http://a", SHA, NOW.plusSeconds(2), 60)).refused()).isNull();
  }

  private static TaskAnnounced announced(String url, String sha, Instant at, long seconds) {
    return new TaskAnnounced("facts", "1", url, sha, at, at.plusSeconds(seconds));
  }
}
