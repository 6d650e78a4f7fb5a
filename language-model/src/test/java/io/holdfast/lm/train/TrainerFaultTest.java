package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.ChildJvm;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.program.ActivationMemory;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training processes that are killed, starved and refused. */
class TrainerFaultTest {

  @TempDir Path root;

  private Process start(List<String> prefix, String directory, boolean methods) throws IOException {
    return ChildJvm.start(
        prefix,
        TrainingProcess.class,
        List.of(root.toString(), directory, Boolean.toString(methods)));
  }

  @ParameterizedTest(name = "with an anchor and sharpness-awareness {0}")
  @ValueSource(booleans = {false, true})
  void aKilledTrainersStageEndsWithTheWeightsOfAnUnbrokenRun(boolean methods) throws Exception {
    StageFixture stage = TrainingProcess.stage(root, methods);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < 2; kill++) {
      killAfterCheckpoints(start(List.of(), "broken", methods), 1 + random.nextInt(8));
    }

    StageOutcome broken =
        new StageTrainer().train(stage.run("broken"), StageListener.silent(), () -> false);
    StageOutcome unbroken =
        new StageTrainer().train(stage.run("unbroken"), StageListener.silent(), () -> false);

    assertThat(((Completed) broken).sha256())
        .as("kill seed %d", seed)
        .isEqualTo(((Completed) unbroken).sha256());
    assertThat(((Completed) broken).tokensByCorpus()).isEqualTo(stage.tokensOfPlan());
    for (long mark : stage.marks()) {
      assertThat(mark("broken", mark)).as("mark %d", mark).isEqualTo(mark("unbroken", mark));
    }
  }

  private String mark(String directory, long tokens) {
    Path path = root.resolve(directory).resolve(CheckpointSeries.MARK + tokens);
    return CheckpointDirectory.open(path).verify().sha256();
  }

  /** Kills with SIGKILL as soon as so many checkpoints were announced. */
  private static void killAfterCheckpoints(Process process, int checkpoints) throws Exception {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = new ArrayList<>();
      String line;
      while (saves(lines) < checkpoints && (line = output.readLine()) != null) {
        lines.add(line);
      }
      assertThat(saves(lines)).as(String.join("\n", lines)).isEqualTo(checkpoints);
      process.destroyForcibly().waitFor();
    }
  }

  private static long saves(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("saved ")).count();
  }

  @Test
  void aFullDiskFailsTheStageAndTheLastCheckpointIsIntact() throws Exception {
    assumeThat(ChildJvm.usable("prlimit", "--version")).as("prlimit is installed").isTrue();
    // Larger than the weights, smaller than the optimizer's state.
    Process process = start(List.of("prlimit", "--fsize=60000"), "stage", false);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();

    assertThat(output).contains("Failed[code=" + FailureCode.STORAGE);
    CheckpointSeries series = new CheckpointSeries(root.resolve("stage"));
    assertThat(series.latest(problem -> {})).isEmpty();
    assertThat(root.resolve("stage").toFile().list()).isEmpty();
  }

  @ParameterizedTest(name = "with an anchor and sharpness-awareness {0}")
  @ValueSource(booleans = {false, true})
  void nativeMemoryThatRunsOutIsATypedFailure(boolean methods) {
    StageFixture stage = StageFixture.in(root).withMethod(methods ? Methods.everything() : null);
    // One matrix of 512 TiB, beyond the address space, so that no overcommitting kernel grants it.
    Architecture huge =
        new Architecture(
            StageFixture.VOCAB,
            1 << 16,
            Integer.MAX_VALUE,
            2,
            4,
            2,
            6,
            32,
            10_000,
            1e-5,
            true,
            0.02);
    StageRun run = stage.run("stage");
    StageRun hugeRun = stage.run(huge, "stage");
    assertThat(new StageTrainer().train(hugeRun, StageListener.silent(), () -> false))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo(FailureCode.OUT_OF_MEMORY));
    assertThat(
            ((Completed) new StageTrainer().train(run, StageListener.silent(), () -> false))
                .sha256())
        .as("the process goes on")
        .isEqualTo(CheckpointDirectory.open(root.resolve("stage/final")).sha256());
  }

  /** Every large tensor has pages of its own then, and none waits to be used again. */
  private static final List<String> NOTHING_KEPT =
      List.of("env", "MALLOC_MMAP_THRESHOLD_=65536", "JAVA_TOOL_OPTIONS=-Xms64m");

  private String starved(String what) throws Exception {
    Process process =
        ChildJvm.start(NOTHING_KEPT, StarvedTraining.class, List.of(root.toString(), what));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void memoryThatRunsOutBetweenStepsLeavesTheLastCheckpointToGoOnFrom(String method)
      throws Exception {
    assertThat(starved(method)).contains("Failed[code=" + FailureCode.OUT_OF_MEMORY);
    CheckpointSeries series = new CheckpointSeries(root.resolve("stage"));
    assertThat(series.latest(problem -> {}).orElseThrow().path()).hasFileName("step-000000002");
    assertThat(completed(StarvedTraining.stage(root, StarvedTraining.method(method), "stage")))
        .isEqualTo(
            completed(StarvedTraining.stage(root, StarvedTraining.method(method), "unbroken")));
  }

  private static String completed(StageRun run) {
    System.setProperty(ActivationMemory.PROPERTY, "8");
    try {
      return ((Completed) new StageTrainer().train(run, StageListener.silent(), () -> false))
          .sha256();
    } finally {
      System.clearProperty(ActivationMemory.PROPERTY);
    }
  }

  @Test
  void memoryThatRunsOutInALaterPassChangesNoWeight() throws Exception {
    assertThat(starved("passes").lines())
        .contains("part true", "gradients true", "pass true", "weights true", "again true");
  }
}
