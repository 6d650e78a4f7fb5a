package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.LibTorch;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageProgress;
import io.holdfast.lm.train.StageTrainer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times the steps of a real stage in this process, as a trainer runs it: {@link StageTrainer} on a
 * shard of random tokens, with the engine's own choice of attention and micro-batch. Prints one
 * JSON line.
 */
@Command(
    name = "training-steps",
    mixinStandardHelpOptions = true,
    description = "Times training steps of the engine.")
final class TrainingSteps implements Runnable {

  @Option(names = "--model", required = true, description = "quickstart, 5.4M, 135M or 1B")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--steps", defaultValue = "0", description = "timed steps; 0 for the model's own")
  int steps;

  @Option(names = "--shares", description = "also says where the time goes")
  boolean shares;

  /**
   * One line of output.
   *
   * @param startBytes resident memory with libtorch loaded and no model yet
   * @param peakBytes largest resident memory
   * @param readingShare share of a step that reads its batch; null when not asked for
   * @param javaShare share of a step that is Java's, reading excluded; null when not asked for
   */
  record Timing(
      String model,
      Precision precision,
      int threads,
      long parameters,
      double loss,
      List<Double> tokensPerSecond,
      long startBytes,
      long peakBytes,
      Double readingShare,
      Double javaShare) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    int timed = steps > 0 ? steps : size.steps();
    LibTorch.start();
    long startBytes = ProcessMemory.residentBytes();
    StepClock clock = new StepClock(size.warmup(), timed);
    LastLoss loss = new LastLoss();
    TimeShares recorded = shares ? new TimeShares() : null;
    try (recorded;
        SyntheticStage stage =
            SyntheticStage.create(size, (size.warmup() + timed + 1L) * size.batch())) {
      train(stage, loss, clock);
      long peakBytes = ProcessMemory.peakBytes();
      List<Double> seconds = clock.seconds();
      Double readingShare = null;
      Double javaShare = null;
      if (recorded != null) {
        TimeShares.Shares found = recorded.lastSteps(seconds);
        readingShare = found.reading();
        javaShare =
            found.java(CallOverhead.seconds(ParameterLayout.of(size.architecture()).size()));
      }
      System.out.println(
          Json.write(
              new Timing(
                  model,
                  precision,
                  LibTorch.threads(),
                  size.architecture().parameters(),
                  loss.nats,
                  seconds.stream().map(s -> size.tokensPerStep() / s).toList(),
                  startBytes,
                  peakBytes,
                  readingShare,
                  javaShare)));
    }
  }

  private void train(SyntheticStage stage, StageListener listener, StepClock clock) {
    try {
      Object outcome = new StageTrainer().train(stage.run(precision), listener, clock);
      throw new IllegalStateException("the stage ended before it was timed: " + outcome);
    } catch (StepClock.Enough timed) {
      // As planned.
    }
  }

  private static final class LastLoss implements StageListener {
    private double nats = Double.NaN;

    @Override
    public void progressed(StageProgress progress) {
      nats = progress.lossNatsPerToken();
    }

    @Override
    public void checkpointSaved(long step, Path directory) {}
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new TrainingSteps(), arguments));
  }
}
