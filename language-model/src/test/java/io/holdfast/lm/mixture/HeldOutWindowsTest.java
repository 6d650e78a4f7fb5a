package io.holdfast.lm.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HeldOutWindowsTest {

  @Property(tries = 150)
  void scoresTheFirstTokensInOrderOnceEach(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 120) int maxTokens) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, length, 1)) {
      TokenStream stream = fixture.plan.streams().getFirst();
      HeldOutShard heldOut =
          new HeldOutShard("corpus", stream.shard(), MixtureFixture.END_OF_TEXT, maxTokens);
      try (HeldOutWindows windows = new HeldOutWindows(heldOut, length, fixture.artifacts)) {
        List<Long> scored = new ArrayList<>();
        long[] inputs = new long[length];
        long[] targets = new long[length];
        for (long w = 0; w < windows.windows(); w++) {
          windows.read(w, inputs, targets);
          LongStream.of(targets).filter(t -> t != MixtureSequences.MASKED).forEach(scored::add);
        }
        assertThat(windows.tokens()).isLessThanOrEqualTo(maxTokens).isEqualTo(scored.size());
        assertThat(scored)
            .isEqualTo(
                LongStream.range(0, windows.tokens())
                    .mapToObj(t -> (long) MixtureFixture.token(0, t))
                    .toList());
      }
    }
  }

  /** Ten tokens in windows of four, written out. */
  @Example
  void movesTheLastWindowBackAndMasksWhatWasScored() {
    try (MixtureFixture fixture = tenTokens();
        HeldOutWindows windows =
            new HeldOutWindows(
                new HeldOutShard("c", fixture.plan.streams().getFirst().shard(), 0, 10),
                4,
                fixture.artifacts)) {
      long[] inputs = new long[4];
      long[] targets = new long[4];
      windows.read(0, inputs, targets);
      assertThat(inputs).containsExactly(0, 1, 2, 3);
      assertThat(targets).containsExactly(1, 2, 3, 4);
      windows.read(2, inputs, targets);
      assertThat(inputs).containsExactly(6, 7, 8, 9);
      assertThat(targets).containsExactly(-100, -100, 9, 10);
      assertThat(windows.windows()).isEqualTo(3);
    }
  }

  @Example
  void padsATextShorterThanAWindow() {
    try (MixtureFixture fixture = tenTokens();
        HeldOutWindows windows =
            new HeldOutWindows(
                new HeldOutShard("c", fixture.plan.streams().getFirst().shard(), 0, 2),
                4,
                fixture.artifacts)) {
      long[] inputs = new long[4];
      long[] targets = new long[4];
      windows.read(0, inputs, targets);
      assertThat(inputs).containsExactly(0, 1, 0, 0);
      assertThat(targets).containsExactly(1, 2, -100, -100);
      assertThat(windows.windows()).isEqualTo(1);
    }
  }

  /** Any fixture whose shard has ten tokens or more. */
  private static MixtureFixture tenTokens() {
    for (long seed = 0; ; seed++) {
      MixtureFixture fixture = MixtureFixture.random(seed, 4, 1);
      if (fixture.plan.streams().getFirst().tokens() >= 10) {
        return fixture;
      }
      fixture.close();
    }
  }
}
