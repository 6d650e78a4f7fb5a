package io.holdfast.frontier.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedTimeTest {

  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  private final SignedTime times = new SignedTime("a secret", "sessions");
  private final String signed = times.sign(END);

  @Test
  void isGoodUntilItsMoment() {
    assertThat(times.isAfter(signed, END.minusSeconds(1))).isTrue();
    assertThat(times.isAfter(signed, END)).isFalse();
  }

  @Test
  void nobodyElseCanMakeOrProlongOne() {
    Instant before = END.minusSeconds(1);
    String signature = signed.substring(signed.indexOf('.'));
    assertThat(times.isAfter(END.plusSeconds(60).getEpochSecond() + signature, before)).isFalse();
    assertThat(times.isAfter(new SignedTime("a guess", "sessions").sign(END), before)).isFalse();
    assertThat(times.isAfter(new SignedTime("a secret", "links").sign(END), before)).isFalse();
    for (String nonsense : new String[] {"", ".", "x", "x.y", signature, signed + "A"}) {
      assertThat(times.isAfter(nonsense, before)).as(nonsense).isFalse();
    }
  }
}
