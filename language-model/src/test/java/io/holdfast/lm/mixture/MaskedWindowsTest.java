package io.holdfast.lm.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.shard.TokenShardWriter;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten tokens 1 … 10 in windows of four; 3, 4 and 10 have a loss. */
class MaskedWindowsTest {

  @TempDir Path root;

  private final long[] inputs = new long[4];
  private final long[] targets = new long[4];

  @BeforeEach
  void writeShard() {
    BitSet hasLoss = new BitSet();
    hasLoss.set(2, 4);
    hasLoss.set(9);
    try (TokenShardWriter writer = TokenShardWriter.createMasked(root.resolve("ten"), 100)) {
      writer.append(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, hasLoss);
      writer.finish();
    }
  }

  @Test
  void heldOutTargetsWithoutALossAreHiddenAndStayInputs() {
    HeldOutShard shard = new HeldOutShard("corpus", "ten", 0, 100);
    try (HeldOutWindows windows = new HeldOutWindows(shard, 4, ArtifactPaths.under(root))) {
      windows.read(0, inputs, targets);
      assertThat(inputs).containsExactly(0, 1, 2, 3);
      assertThat(targets).containsExactly(-100, -100, 3, 4);
      windows.read(1, inputs, targets);
      assertThat(inputs).containsExactly(4, 5, 6, 7);
      assertThat(targets).containsExactly(-100, -100, -100, -100);
      windows.read(2, inputs, targets);
      assertThat(inputs).containsExactly(6, 7, 8, 9);
      assertThat(targets).containsExactly(-100, -100, -100, 10);

      assertThat(List.of(0, 1, 2))
          .extracting(window -> windows.scored(window))
          .containsExactly(2, 0, 1);
      assertThat(windows.tokens()).isEqualTo(10);
      assertThat(windows.scoredTokens()).isEqualTo(3);
      long[] kept = new long[7];
      assertThat(windows.scored(3, 7, kept)).isEqualTo(2);
      assertThat(kept).startsWith(4, 10);
    }
  }

  @Test
  void trainingSequencesCountAllTokensAndHideThoseWithoutALoss() {
    TokenStream stream = new TokenStream("corpus", Role.BASE, "ten", 1, 10);
    MixturePlan plan =
        new MixturePlan(4, 1, 0, List.of(stream), List.of(new Phase(List.of(new Slice(0, 0, 3)))));
    try (MixtureSequences sequences = new MixtureSequences(plan, ArtifactPaths.under(root))) {
      long tokens = 0;
      long scored = 0;
      for (long i = 0; i < 3; i++) {
        MixtureSequences.Source source = sequences.read(i, inputs, targets);
        tokens += source.targets();
        scored += source.scored();
        assertThat(targets)
            .containsExactly(
                switch ((int) source.window()) {
                  case 0 -> new long[] {-100, -100, 3, 4};
                  case 1 -> new long[] {-100, -100, -100, -100};
                  default -> new long[] {-100, -100, -100, 10};
                });
      }
      assertThat(tokens).isEqualTo(10);
      assertThat(scored).isEqualTo(3);
    }
  }
}
