package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.stage.Method;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Anchors and sharpness-awareness in whole stages, all of them with dropout. */
class TrainingMethodTest {

  @TempDir Path root;

  private StageFixture child;

  @BeforeEach
  void trainParent() {
    StageFixture parent = StageFixture.in(root);
    train(parent, "parent");
    child = parent.withSeed(9).withParent("parent");
  }

  private static StageOutcome outcome(StageFixture stage, String directory) {
    return new StageTrainer().train(stage.run(directory), StageListener.silent(), () -> false);
  }

  private static Completed train(StageFixture stage, String directory) {
    return (Completed) outcome(stage, directory);
  }

  private double moved(String directory) {
    return Checkpoints.distance(root.resolve("parent/final"), root.resolve(directory + "/final"));
  }

  /** Too weak to change a single bit: what is left is the way there and back. */
  static Stream<Method> nextToNothing() {
    return Stream.of(
        Methods.anchored(1e-30), Methods.consolidated(1e-30), Methods.sharpnessAware(1e-30));
  }

  @ParameterizedTest
  @MethodSource("nextToNothing")
  void aMethodOfNoStrengthIsPlainTrainingBitByBit(Method method) {
    assertThat(train(child.withMethod(method), "method").sha256())
        .isEqualTo(train(child, "plain").sha256());
  }

  @Test
  void anAnchorHoldsTheWeightsTheMoreTheStronger() {
    train(child, "free");
    train(child.withMethod(Methods.anchored(0.1)), "weak");
    train(child.withMethod(Methods.anchored(100)), "strong");

    assertThat(moved("weak")).isLessThan(moved("free"));
    assertThat(moved("strong")).isLessThan(0.5 * moved("weak"));
  }

  @Test
  void theReportedLossIsTheDatasAlone() {
    RecordingListener listener = new RecordingListener();
    StageRun run = child.withMethod(Methods.anchored(1e9)).run("strong");
    new StageTrainer().train(run, listener, () -> false);

    double parentLoss = Checkpoints.devLoss(root.resolve("parent/final"), child);
    assertThat(listener.progress.getLast().lossNatsPerToken()).isCloseTo(parentLoss, within(1.0));
  }

  @Test
  void sharpnessAwareTrainingLearnsAndCountsBothPasses() {
    StageFixture stage = StageFixture.in(root).withMethod(Methods.sharpnessAware(0.05));

    Completed completed = train(stage, "aware");

    assertThat(Checkpoints.devLoss(root.resolve("aware/final"), stage))
        .isLessThan(Math.log(StageFixture.VOCAB) - 0.5);
    assertThat(completed.flops())
        .isEqualTo(2 * completed.tokens() * StageFixture.MODEL.trainingFlopsPerToken(16));
    assertThat(completed.sha256()).isNotEqualTo(parent().sha256());
  }

  private CheckpointDirectory parent() {
    return CheckpointDirectory.open(root.resolve("parent/final"));
  }

  static Stream<Method> strong() {
    return Stream.of(Methods.anchored(0.1), Methods.sharpnessAware(0.05), Methods.everything());
  }

  @ParameterizedTest
  @MethodSource("strong")
  void aDivergingStageFailsAndItsLastCheckpointIsIntact(Method method) {
    StageFixture diverging =
        child.withMethod(method).withPeak(1e30).withCheckpointInterval(Duration.ZERO);

    assertThat(outcome(diverging, "stage"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.LOSS_NOT_FINITE));
    assertThat(new CheckpointSeries(root.resolve("stage")).latest(problem -> {})).isPresent();
  }

  @Test
  void anAnchorWhoseParentIsGoneFailsOnResumeToo() {
    StageFixture anchored = child.withMethod(Methods.anchored(0.1));
    AtomicInteger asked = new AtomicInteger();
    new StageTrainer()
        .train(anchored.run("stage"), StageListener.silent(), () -> asked.getAndIncrement() == 3);
    DurableDirectory.delete(root.resolve("parent/final"));

    assertThat(outcome(anchored, "stage"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE));
  }
}
