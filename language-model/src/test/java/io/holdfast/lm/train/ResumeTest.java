package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.program.ActivationMemory;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Interrupted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resumed stage equals an unbroken one, bit by bit; every stage here has dropout. */
class ResumeTest {

  @TempDir Path root;

  private final RecordingListener listener = new RecordingListener();

  /** Asks to stop before the step of that number, counted within one call. */
  /** Of the dev split. */
  private static final int FISHER_SEQUENCES = 7;

  private static BooleanSupplier stopBefore(long step) {
    AtomicLong asked = new AtomicLong();
    return () -> asked.getAndIncrement() == step;
  }

  private StageOutcome train(StageRun run, BooleanSupplier stopRequested) {
    return new StageTrainer().train(run, listener, stopRequested);
  }

  private static Named<UnaryOperator<StageFixture>> stage(
      String name, UnaryOperator<StageFixture> kind) {
    return Named.of(name, kind);
  }

  static Stream<Named<UnaryOperator<StageFixture>>> stages() {
    return Stream.of(
        stage("plain", stage -> stage),
        stage("early stopping", stage -> stage.withEarlyStopping(100, 50)),
        stage("L2 anchor", stage -> stage.withMethod(Methods.anchored(0.1))),
        stage("Fisher anchor", stage -> stage.withMethod(Methods.consolidated(10))),
        stage("sharpness", stage -> stage.withMethod(Methods.sharpnessAware(0.05))),
        stage(
            "carried moments",
            stage -> stage.withMethod(Methods.optimizerState(OptimizerState.CARRY))),
        stage(
            "sharpness of adapters",
            s -> s.withMethod(Methods.adapters()).withEarlyStopping(100, 50)),
        stage("all", s -> s.withMethod(Methods.everything()).withEarlyStopping(100, 50)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void weightsOptimizerAndPositionEqualAnUnbrokenRuns(UnaryOperator<StageFixture> kind)
      throws IOException {
    StageFixture parent =
        StageFixture.in(root).withMethod(Methods.optimizerState(OptimizerState.KEEP));
    train(parent.withSeed(4).run("parent"), () -> false);
    StageFixture stage = kind.apply(StageFixture.in(root).withParent("parent"));
    boolean earlyStopping = stage.earlyStopping() != null;
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long last = stage.steps() - 1;
    long first = 1 + random.nextLong(last - 2);
    long second = 1 + random.nextLong(last - first - 1);

    // A stage that measures a Fisher diagonal asks between its sequences too.
    Method method = stage.spec().methodOrPlain();
    boolean measures = method.anchor() != null && method.anchor().fisher() != null;
    long measuring = measures ? FISHER_SEQUENCES - 1 : 0;

    train(stage.run("unbroken"), stopBefore(measuring + last));
    assertThat(train(stage.run("broken"), stopBefore(measuring + first)))
        .isEqualTo(new Interrupted(first));
    assertThat(train(stage.run("broken"), stopBefore(second)))
        .isEqualTo(new Interrupted(first + second));
    assertThat(train(stage.run("broken"), stopBefore(last - first - second)))
        .isEqualTo(new Interrupted(last));

    CheckpointDirectory unbroken = checkpoint("unbroken", last);
    CheckpointDirectory broken = checkpoint("broken", last);
    assertThat(digest(broken, CheckpointDirectory.WEIGHTS))
        .as("weights; interrupted at steps %d and %d, seed %d", first, first + second, seed)
        .isEqualTo(digest(unbroken, CheckpointDirectory.WEIGHTS));
    assertThat(digest(broken, CheckpointDirectory.OPTIMIZER))
        .as("optimizer")
        .isEqualTo(digest(unbroken, CheckpointDirectory.OPTIMIZER));
    assertThat(broken.bestWeights().isPresent()).isEqualTo(earlyStopping);
    if (earlyStopping) {
      assertThat(digest(broken, CheckpointDirectory.BEST_WEIGHTS))
          .as("best weights")
          .isEqualTo(digest(unbroken, CheckpointDirectory.BEST_WEIGHTS));
    }
    assertThat(withoutSeconds(broken)).isEqualTo(withoutSeconds(unbroken));
    assertThat(completed(stage.run("broken")).sha256())
        .isEqualTo(completed(stage.run("unbroken")).sha256());
  }

  private CheckpointDirectory checkpoint(String directory, long step) {
    return CheckpointDirectory.open(root.resolve(directory).resolve("step-%09d".formatted(step)));
  }

  private static FileDigest digest(CheckpointDirectory checkpoint, String file) throws IOException {
    return FileDigest.of(checkpoint.path().resolve(file));
  }

  private static ObjectNode withoutSeconds(CheckpointDirectory checkpoint) {
    ObjectNode state = (ObjectNode) checkpoint.state();
    ((ObjectNode) state.get("position")).remove("training_seconds");
    return state;
  }

  private Completed completed(StageRun run) {
    return (Completed) train(run, () -> false);
  }

  @Test
  void anEarlyStopIsRememberedOverAResume() {
    StageFixture stage = StageFixture.in(root).withPeak(0.3).withEarlyStopping(150, 2);
    Completed unbroken = completed(stage.run("unbroken"));
    assertThat(unbroken.stoppedEarly()).isTrue();

    // Between the best look and the last one.
    train(stage.run("broken"), stopBefore(unbroken.steps() - 1));
    Completed broken = completed(stage.run("broken"));

    assertThat(broken.sha256()).isEqualTo(unbroken.sha256());
    assertThat(broken.bestStep()).isEqualTo(unbroken.bestStep());
    assertThat(broken.tokensByCorpus()).isEqualTo(unbroken.tokensByCorpus());
  }

  @Test
  void measuringTheFisherDiagonalGoesOnWhereItWasStopped() throws IOException {
    StageFixture stage = StageFixture.in(root).withMethod(Methods.everything());
    train(stage.run("unbroken"), stopBefore(FISHER_SEQUENCES));
    assertThat(train(stage.run("broken"), stopBefore(2))).isEqualTo(new Interrupted(0));
    assertThat(checkpoint("broken", 0).state().path("fisher_sequences").intValue()).isEqualTo(3);
    assertThat(train(stage.run("broken"), stopBefore(1))).isEqualTo(new Interrupted(0));
    assertThat(checkpoint("broken", 0).state().path("fisher_sequences").intValue()).isEqualTo(5);
    assertThat(train(stage.run("broken"), stopBefore(2))).isEqualTo(new Interrupted(1));

    assertThat(digest(checkpoint("broken", 1), CheckpointDirectory.OPTIMIZER))
        .isEqualTo(digest(checkpoint("unbroken", 1), CheckpointDirectory.OPTIMIZER));
    assertThat(completed(stage.run("broken")).sha256())
        .isEqualTo(completed(stage.run("unbroken")).sha256());
  }

  /** The split decides sums' last bits and dropout's masks, so it is the first attempt's. */
  @Test
  void aResumeUnderLessMemoryKeepsItsSplit() {
    Optimization o = StageFixture.in(root).optimization();
    StageFixture stage =
        StageFixture.in(root)
            .withOptimization(
                new Optimization(
                    32,
                    o.peakLearningRate(),
                    o.minLearningRate(),
                    o.schedule(),
                    o.warmup(),
                    o.decayFraction(),
                    o.beta1(),
                    o.beta2(),
                    o.epsilon(),
                    o.weightDecay(),
                    o.clipNorm(),
                    o.dropout(),
                    o.precision()));
    String unbroken = completed(stage.run("unbroken")).sha256();
    train(stage.run("broken"), stopBefore(2));
    System.setProperty(ActivationMemory.PROPERTY, "1");
    try {
      assertThat(completed(stage.run("broken")).sha256()).isEqualTo(unbroken);
      assertThat(completed(stage.run("split")).sha256()).isNotEqualTo(unbroken);
    } finally {
      System.clearProperty(ActivationMemory.PROPERTY);
    }
    assertThat(microBatch("broken")).isEqualTo(32);
    assertThat(microBatch("split")).isLessThan(32);
  }

  private int microBatch(String directory) {
    return CheckpointDirectory.open(root.resolve(directory + "/final"))
        .summary()
        .path("micro_batch")
        .intValue();
  }

  @Test
  void goesOnFromTheNewestIntactCheckpointAfterACrash() throws IOException {
    StageFixture stage = StageFixture.in(root).withCheckpointInterval(Duration.ZERO);
    String unbroken = completed(stage.run("unbroken")).sha256();
    StageListener crash =
        new StageListener() {
          @Override
          public void progressed(StageProgress progress) {}

          @Override
          public void checkpointSaved(long step, Path directory) {
            if (step == 7) {
              throw new IllegalStateException("crash");
            }
          }
        };
    assertThatThrownBy(() -> new StageTrainer().train(stage.run("broken"), crash, () -> false))
        .hasMessage("crash");
    damage(checkpoint("broken", 7).path().resolve(CheckpointDirectory.OPTIMIZER));

    assertThat(completed(stage.run("broken")).sha256()).isEqualTo(unbroken);
    assertThat(listener.rejected).singleElement().asString().contains("step-000000007");
    assertThat(listener.saved).contains(7L);
  }

  private static void damage(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      bytes.write(bytes.read() ^ 1);
    }
  }

  @Test
  void keepsOnlyAsManyCheckpointsAsAskedFor() {
    StageFixture stage = StageFixture.in(root).withCheckpointInterval(Duration.ZERO);

    train(stage.run("stage"), stopBefore(9));

    assertThat(root.resolve("stage").toFile().list())
        .containsExactlyInAnyOrder("step-000000008", "step-000000009");
  }
}
