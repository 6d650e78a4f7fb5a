package io.holdfast.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskAnnouncedTest {

  private static final Instant NOW = Instant.parse("2026-11-22T09:10:00Z");
  private static final String SHA = "5b".repeat(32);

  @Test
  void isKeyedByNameAndVersion() {
    assertThat(announced("http://localhost:9000", NOW).key()).isEqualTo("facts@1");
  }

  @Test
  void withdrawsWhenItExpiresAtOnce() {
    assertThat(announced("http://localhost:9000", NOW).withdraws()).isTrue();
    assertThat(announced("http://localhost:9000", NOW.minusSeconds(1)).withdraws()).isTrue();
    assertThat(announced("http://localhost:9000", NOW.plusMillis(1)).withdraws()).isFalse();
  }

  @Test
  void addressHasNoSlashAtItsEnd() {
    assertThat(announced("https://tasks.example.org/facts//", NOW).url())
        .isEqualTo("https://tasks.example.org/facts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "facts",
        "file:///etc/passwd",
        "ftp://tasks.example.org",
        "http:///facts",
        "http://user:secret@tasks.example.org",
        "http://tasks.example.org?x=1",
        "http://tasks.example.org#x",
        "http://tasks example"
      })
  void refusesWhatIsNoServicesAddress(String url) {
    assertThatThrownBy(() -> announced(url, NOW)).isInstanceOf(IllegalArgumentException.class);
  }

  private static TaskAnnounced announced(String url, Instant expiresAt) {
    return new TaskAnnounced("facts", "1", url, SHA, NOW, expiresAt);
  }
}
