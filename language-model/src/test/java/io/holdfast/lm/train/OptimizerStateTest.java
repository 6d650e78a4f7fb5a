package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AdamW's moments from one stage to the next. */
class OptimizerStateTest {

  private static final Phase NOTHING = new Phase(List.of());
  private static final Phase FIRST = new Phase(List.of(new Slice(0, 0, 20)));
  private static final Phase SECOND = new Phase(List.of(new Slice(0, 20, 24)));

  @TempDir Path root;

  /** A stage over some phases; a phase's order depends on its place in the plan. */
  private StageFixture stage(Phase... phases) {
    StageFixture stage = StageFixture.in(root).withOptimization(StageFixture.steady());
    MixturePlan plan = stage.plan();
    return stage
        .withPlan(
            new MixturePlan(
                plan.sequenceLength(),
                plan.seed(),
                plan.endOfText(),
                plan.streams(),
                List.of(phases)))
        .withMethod(Methods.optimizerState(OptimizerState.KEEP));
  }

  private StageFixture carrying(StageFixture stage) {
    return stage.withMethod(Methods.optimizerState(OptimizerState.CARRY)).withParent("first");
  }

  private static StageOutcome train(StageFixture stage, String directory) {
    return new StageTrainer().train(stage.run(directory), StageListener.silent(), () -> false);
  }

  private CheckpointDirectory result(String directory) {
    return CheckpointDirectory.open(root.resolve(directory + "/final"));
  }

  private FileDigest digest(String directory, String file) throws IOException {
    return FileDigest.of(result(directory).path().resolve(file));
  }

  @Test
  void twoStagesThatCarryTheirMomentsEqualOneLongStageBitByBit() throws IOException {
    assertThat(train(stage(FIRST, SECOND), "long")).isInstanceOf(Completed.class);
    train(stage(FIRST), "first");
    train(carrying(stage(NOTHING, SECOND)), "second");
    train(stage(NOTHING, SECOND).withParent("first"), "afresh");

    assertThat(result("second").sha256()).isEqualTo(result("long").sha256());
    assertThat(digest("second", CheckpointDirectory.OPTIMIZER))
        .isEqualTo(digest("long", CheckpointDirectory.OPTIMIZER));
    assertThat(result("second").summary().path("optimizer_steps").longValue()).isEqualTo(11);
    assertThat(result("afresh").sha256()).isNotEqualTo(result("long").sha256());
    assertThat(result("afresh").summary().path("optimizer_steps").longValue()).isEqualTo(6);
  }

  @Test
  void aParentThatKeptNoMomentsIsUnusableForOneThatCarries() {
    train(stage(FIRST).withMethod(null), "first");
    assertThat(result("first").keepsOptimizer()).isFalse();

    assertThat(train(carrying(stage(SECOND)), "second"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE);
              assertThat(failed.message()).contains("kept no optimizer state");
            });
  }

  @Test
  void aKeptStateIsNothingToResumeFrom() {
    train(stage(FIRST), "first");

    assertThat(result("first").keepsOptimizer()).isTrue();
    assertThat(result("first").resumable()).isFalse();
    assertThat(train(stage(FIRST), "first")).isInstanceOf(Completed.class);
  }
}
