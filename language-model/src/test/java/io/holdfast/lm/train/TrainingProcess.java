package io.holdfast.lm.train;

import io.holdfast.contracts.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that trains a stage and says aloud what it does. */
final class TrainingProcess {

  private TrainingProcess() {}

  /**
   * The stage that a process trains.
   *
   * @param methods whether with an anchor by Fisher diagonal and sharpness-awareness
   */
  static StageFixture stage(Path root, boolean methods) {
    return StageFixture.in(root)
        .withMethod(methods ? Methods.everything() : null)
        .withMarks(200L, 500L)
        .withEarlyStopping(200, 50)
        .withCheckpointInterval(Duration.ofMillis(1));
  }

  public static void main(String[] arguments) {
    StageRun run =
        stage(Path.of(arguments[0]), Boolean.parseBoolean(arguments[2])).run(arguments[1]);
    StageListener aloud =
        new StageListener() {
          @Override
          public void progressed(StageProgress progress) {}

          @Override
          public void checkpointSaved(long step, Path directory) {
            System.out.println("saved " + step);
          }

          @Override
          public void checkpointRejected(Problem problem) {
            System.out.println("rejected " + problem.describe());
          }
        };
    System.out.println(new StageTrainer().train(run, aloud, () -> false));
  }
}
