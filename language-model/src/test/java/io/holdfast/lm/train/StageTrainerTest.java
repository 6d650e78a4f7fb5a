package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTrainerTest {

  @TempDir Path root;

  private final RecordingListener listener = new RecordingListener();

  private StageOutcome train(StageRun run) {
    return new StageTrainer().train(run, listener, () -> false);
  }

  @Test
  void trainsTheWholeBudgetAndCountsEveryToken() {
    StageFixture stage = StageFixture.in(root);

    Completed completed = (Completed) train(stage.run("stage"));

    assertThat(completed.steps()).isEqualTo(stage.steps());
    assertThat(completed.tokensByCorpus()).isEqualTo(stage.tokensOfPlan());
    assertThat(completed.tokens())
        .isEqualTo(stage.tokensOfPlan().values().stream().mapToLong(Long::longValue).sum());
    assertThat(completed.stoppedEarly()).isFalse();
    assertThat(completed.bestStep()).isEqualTo(stage.steps());
    assertThat(completed.devLossNatsPerToken()).isNull();
    assertThat(completed.flops())
        .isEqualTo(completed.tokens() * StageFixture.MODEL.trainingFlopsPerToken(16));
    StageProgress last = listener.progress.getLast();
    assertThat(last.step()).isEqualTo(last.steps()).isEqualTo(stage.steps());
    assertThat(last.tokens()).isEqualTo(last.totalTokens()).isEqualTo(completed.tokens());
    assertThat(last.tokensPerSecond()).isPositive();
  }

  @Test
  void leavesAHuggingFaceDirectoryAndNothingToResume() {
    Completed completed = (Completed) train(StageFixture.in(root).run("stage"));

    CheckpointDirectory checkpoint = CheckpointDirectory.open(root.resolve("stage/final")).verify();
    assertThat(checkpoint.sha256()).isEqualTo(completed.sha256());
    assertThat(checkpoint.architecture()).isEqualTo(StageFixture.MODEL);
    assertThat(checkpoint.resumable()).isFalse();
    assertThat(new CheckpointSeries(root.resolve("stage")).steps()).isEmpty();
  }

  @Test
  void aCompleteStageIsAnsweredWithoutTraining() {
    StageRun run = StageFixture.in(root).run("stage");
    StageOutcome first = train(run);
    listener.progress.clear();

    assertThat(train(run)).isEqualTo(first);
    assertThat(listener.progress).isEmpty();
  }

  @Test
  void equalStagesTrainToEqualWeightsAndSeedsMatter() {
    StageFixture stage = StageFixture.in(root);
    StageFixture reseeded = stage.withSeed(6);

    String sha256 = ((Completed) train(stage.run("a"))).sha256();

    assertThat(((Completed) train(stage.run("b"))).sha256()).isEqualTo(sha256);
    assertThat(((Completed) train(reseeded.run("c"))).sha256()).isNotEqualTo(sha256);
  }

  @Test
  void randomWeightsGuessUniformlyAndTrainingLearns() {
    StageFixture stage = StageFixture.in(root);
    double uniform = Math.log(StageFixture.VOCAB);
    try (TensorSet weights = TensorSet.zeros(ParameterLayout.of(StageFixture.MODEL))) {
      InitialWeights.fill(weights, StageFixture.MODEL, 1);
      assertThat(Checkpoints.devLoss(weights, stage)).isCloseTo(uniform, within(0.02));
    }

    train(stage.run("stage"));

    assertThat(Checkpoints.devLoss(root.resolve("stage/final"), stage)).isLessThan(uniform - 0.5);
  }

  @Test
  void aChildStartsFromItsParentsWeights() {
    StageFixture stage = StageFixture.in(root);
    train(stage.run("parent"));
    // With a learning rate next to nothing the child's weights are its parent's.
    StageFixture child = stage.withPeak(1e-30).withParent("parent");

    assertThat(train(child.run("child"))).isInstanceOf(Completed.class);
    assertThat(Checkpoints.distance(root.resolve("parent/final"), root.resolve("child/final")))
        .isLessThan(2e-2)
        .isPositive();
  }

  @Test
  void earlyStoppingKeepsTheBestWeights() {
    // A rate that first learns and then destroys.
    StageFixture stage = StageFixture.in(root).withPeak(0.3).withEarlyStopping(150, 2);

    Completed completed = (Completed) train(stage.run("stage"));

    assertThat(completed.stoppedEarly()).isTrue();
    assertThat(completed.steps()).isLessThan(stage.steps());
    assertThat(completed.bestStep()).isLessThan(completed.steps()).isPositive();
    assertThat(Checkpoints.devLoss(root.resolve("stage/final"), stage))
        .isCloseTo(completed.devLossNatsPerToken(), within(1e-12));
  }

  @Test
  void aDivergingStageFailsAndItsLastCheckpointIsIntact() {
    StageFixture stage = StageFixture.in(root).withPeak(1e30).withCheckpointInterval(Duration.ZERO);

    Failed failed = (Failed) train(stage.run("stage"));

    assertThat(failed.code()).isEqualTo(FailureCode.LOSS_NOT_FINITE);
    assertThat(failed.message()).contains("step");
    CheckpointSeries series = new CheckpointSeries(root.resolve("stage"));
    assertThat(series.latest(problem -> {})).isPresent();
    assertThat(series.last(problem -> {})).isEmpty();
  }

  @Test
  void aMixtureWithoutTokensFails() {
    StageFixture stage = StageFixture.in(root);
    MixturePlan plan = stage.plan();
    MixturePlan empty =
        new MixturePlan(plan.sequenceLength(), 1, 0, plan.streams(), List.of(new Phase(List.of())));

    assertThat(train(stage.withPlan(empty).run("stage")))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo(FailureCode.DATA_UNUSABLE));
  }

  @Test
  void aDamagedParentFailsTheStage() throws IOException {
    StageFixture stage = StageFixture.in(root);
    train(stage.run("parent"));
    flipLastByte(root.resolve("parent/final").resolve(CheckpointDirectory.WEIGHTS));

    assertThat(train(stage.withParent("parent").run("child")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE);
              assertThat(failed.message()).contains(CheckpointDirectory.WEIGHTS);
            });
  }

  @Test
  void aMissingShardFailsTheStage() throws IOException {
    StageRun run = StageFixture.in(root).run("stage");
    Files.delete(root.resolve("notes.bin"));

    assertThat(train(run))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.DATA_UNUSABLE);
              assertThat(failed.message()).contains("notes.bin");
            });
  }

  private static void flipLastByte(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() - 1);
      int last = bytes.read();
      bytes.seek(bytes.length() - 1);
      bytes.write(last ^ 1);
    }
  }
}
