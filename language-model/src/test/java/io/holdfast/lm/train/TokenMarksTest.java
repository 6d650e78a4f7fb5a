package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.train.StageOutcome.Completed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that a stage leaves along its way. */
class TokenMarksTest {

  @TempDir Path root;

  private final List<Long> reached = new ArrayList<>();

  private final StageListener listener =
      new StageListener() {
        @Override
        public void progressed(StageProgress progress) {}

        @Override
        public void checkpointSaved(long step, Path directory) {}

        @Override
        public void markReached(long tokens, Path directory) {
          assertThat(directory).hasFileName("mark-" + tokens).exists();
          reached.add(tokens);
        }
      };

  private StageOutcome train(StageFixture stage, String directory, long steps) {
    AtomicLong asked = new AtomicLong();
    return new StageTrainer()
        .train(stage.run(directory), listener, () -> asked.getAndIncrement() == steps);
  }

  private CheckpointDirectory mark(String directory, long tokens) {
    return CheckpointDirectory.open(root.resolve(directory + "/mark-" + tokens)).verify();
  }

  private String weightsAt(String directory, long step) {
    Path path = root.resolve(directory).resolve("step-%09d".formatted(step));
    return CheckpointDirectory.open(path).sha256();
  }

  @Test
  void leavesTheWeightsOfTheFirstStepAtOrPastEachMark() {
    StageFixture stage = StageFixture.in(root);
    long all = stage.tokensOfPlan().values().stream().mapToLong(Long::longValue).sum();
    // Two marks in the third step, one at the very end and one that is never reached.
    StageFixture marked = stage.withMarks(140L, 150L, all, all + 1);

    Completed completed = (Completed) train(marked, "marked", -1);
    train(stage, "plain", 3);

    assertThat(reached).containsExactly(140L, 150L, all);
    assertThat(mark("marked", 140).sha256()).isEqualTo(weightsAt("plain", 3));
    assertThat(mark("marked", 150).sha256()).isEqualTo(weightsAt("plain", 3));
    assertThat(mark("marked", 150).summary().path("steps").longValue()).isEqualTo(3);
    assertThat(mark("marked", all).sha256()).isEqualTo(completed.sha256());
    assertThat(mark("marked", 140).keepsOptimizer()).isFalse();
    assertThat(root.resolve("marked/mark-" + (all + 1))).doesNotExist();
    assertThat(((Completed) train(stage, "plain", -1)).sha256())
        .as("marks change nothing")
        .isEqualTo(completed.sha256());
  }

  @Test
  void aMarkPassedTwiceIsKeptAsItWas() throws Exception {
    StageFixture stage =
        StageFixture.in(root).withMarks(140L).withCheckpointInterval(Duration.ofDays(1));
    train(stage, "stage", 2);
    train(stage, "stage", 4);
    Object written = Files.getLastModifiedTime(root.resolve("stage/mark-140/COMPLETE"));
    // As after a crash: the work since the first checkpoint is lost, the mark is not.
    DurableDirectory.delete(root.resolve("stage/step-000000006"));

    assertThat(train(stage, "stage", -1)).isInstanceOf(Completed.class);

    assertThat(reached).containsExactly(140L, 140L);
    assertThat(Files.getLastModifiedTime(root.resolve("stage/mark-140/COMPLETE")))
        .isEqualTo(written);
    assertThat(mark("stage", 140).summary().path("steps").longValue()).isEqualTo(3);
  }
}
