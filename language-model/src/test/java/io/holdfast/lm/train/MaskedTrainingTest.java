package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.lm.shard.TokenShardWriter;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages of one step over one window of sixteen tokens. */
class MaskedTrainingTest {

  private static final int LENGTH = StageFixture.LENGTH;

  @TempDir Path root;

  private StageFixture fixture;

  @BeforeEach
  void open() {
    fixture = StageFixture.in(root).withOptimization(withoutDecay());
  }

  /** Without decay, weights move by their gradients alone. */
  private static Optimization withoutDecay() {
    Optimization o = StageFixture.steady();
    return new Optimization(
        1,
        o.peakLearningRate(),
        o.minLearningRate(),
        o.schedule(),
        o.warmup(),
        o.decayFraction(),
        o.beta1(),
        o.beta2(),
        o.epsilon(),
        0,
        o.clipNorm(),
        o.dropout(),
        o.precision());
  }

  /** Eight tokens 1 … 8 and eight of one other number. */
  private static int[] text(int second) {
    int[] tokens = new int[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      tokens[i] = i < LENGTH / 2 ? i + 1 : second;
    }
    return tokens;
  }

  private StageOutcome.Completed train(String name, int[] tokens, BitSet hasLoss) {
    try (TokenShardWriter writer =
        TokenShardWriter.createMasked(root.resolve(name), StageFixture.VOCAB)) {
      writer.append(tokens, hasLoss);
      writer.finish();
    }
    TokenStream stream = new TokenStream("corpus", Role.BASE, name, 1, LENGTH);
    MixturePlan plan =
        new MixturePlan(
            LENGTH, 3, 0, List.of(stream), List.of(new Phase(List.of(new Slice(0, 0, 1)))));
    RecordingListener listener = new RecordingListener();
    return (StageOutcome.Completed)
        new StageTrainer().train(fixture.withPlan(plan).run("run-" + name), listener, () -> false);
  }

  private static BitSet first(int tokens) {
    BitSet set = new BitSet();
    set.set(0, tokens);
    return set;
  }

  /** Nothing of the second half is an input of a scored target, so it cannot matter. */
  @Test
  void whatHasNoLossAndPrecedesNoneMovesNoWeight() {
    String once = train("once", text(20), first(LENGTH / 2)).sha256();

    assertThat(train("again", text(30), first(LENGTH / 2)).sha256()).isEqualTo(once);
    assertThat(train("all-20", text(20), first(LENGTH)).sha256())
        .isNotEqualTo(once)
        .isNotEqualTo(train("all-30", text(30), first(LENGTH)).sha256());
  }

  /** The first half is context of the scored second half: as an input it matters. */
  @Test
  void aPromptIsReadThoughItIsNotLearned() {
    BitSet second = new BitSet();
    second.set(LENGTH / 2, LENGTH);
    int[] other = text(20);
    other[0] = 40;

    assertThat(train("prompt", text(20), second).sha256())
        .isNotEqualTo(train("other-prompt", other, second).sha256());
  }

  @Test
  void aBatchOfPromptsMovesNothingAndCountsItsTokens() {
    StageOutcome.Completed trained = train("prompts", text(20), new BitSet());

    assertThat(trained.tokens()).isEqualTo(LENGTH);
    assertThat(trained.tokensByCorpus()).isEqualTo(Map.of("corpus", (long) LENGTH));
    assertThat(trained.sha256()).isEqualTo(train("others", text(30), new BitSet()).sha256());
  }
}
