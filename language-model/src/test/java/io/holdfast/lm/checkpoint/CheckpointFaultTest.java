package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.ChildJvm;
import io.holdfast.lm.durable.DurableDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visible checkpoint is complete, whatever happens to the process that writes it. */
class CheckpointFaultTest {

  private static final int KILLS = 6;

  @TempDir Path directory;
  private CheckpointSeries series;
  private final List<Problem> rejected = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    CheckpointFixture.tokenizer(directory);
    series = new CheckpointSeries(directory.resolve("stage"));
  }

  @Test
  void aKilledSaverLeavesThePreviousOrTheNewCheckpoint() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long next = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      Process saver =
          ChildJvm.start(
              List.of(), EndlessSaver.class, List.of(directory.toString(), "" + next, "999999999"));
      Progress progress = new Progress();
      try (BufferedReader output = saver.inputReader()) {
        // Three saves first, so that the kill meets a warm loop of writes, fsyncs and renames.
        while (progress.saved < next + 2) {
          progress.hear(output.readLine());
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        // Through the handle, because Process.destroyForcibly also closes the output.
        saver.toHandle().destroyForcibly();
        output.lines().forEach(progress::hear);
      }
      saver.waitFor();

      CheckpointDirectory latest = series.latest(rejected::add).orElseThrow();
      long step = latest.state().path("step").asLong();
      assertThat(step).as("seed %d", seed).isIn(progress.saved, progress.begun);
      assertThat(CheckpointFixture.saysEverywhere(latest, step)).as("seed %d", seed).isTrue();
      next = step + 1;
    }
    assertThat(rejected).as("seed %d", seed).isEmpty();

    DurableDirectory.sweep(directory.resolve("stage"));
    try (var files = Files.list(directory.resolve("stage"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("step-\\d{9}"));
    }
  }

  @Test
  void aFullDiskFailsLoudlyAndKeepsThePrevious() throws Exception {
    assumeThat(ChildJvm.usable("prlimit", "--version")).as("prlimit is installed").isTrue();
    series.save(1, CheckpointFixture.contents(directory.resolve("tokenizer.json"), 1));

    // A file of 20,000 bytes holds no model.safetensors; the write before the limit is short.
    String output = runToEnd(List.of("prlimit", "--fsize=20000"));

    assertThat(output).contains("refused").contains("model.safetensors").doesNotContain("saved");
    assertPreviousIsAllThereIs();
  }

  @Test
  void aFailedFsyncIsNeverASavedCheckpoint() throws Exception {
    assumeThat(ChildJvm.usable("strace", "-f", "-o", "/dev/null", "true"))
        .as("strace is installed and allowed")
        .isTrue();
    series.save(1, CheckpointFixture.contents(directory.resolve("tokenizer.json"), 1));

    String output =
        runToEnd(
            List.of(
                "strace",
                "-f",
                "-o",
                "/dev/null",
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                "inject=fsync,fdatasync:error=EIO"));

    assertThat(output).contains("refused").contains("step-000000002").doesNotContain("saved");
    assertPreviousIsAllThereIs();
  }

  private String runToEnd(List<String> prefix) throws IOException, InterruptedException {
    Process saver =
        ChildJvm.start(prefix, EndlessSaver.class, List.of(directory.toString(), "2", "2"));
    String output = new String(saver.getInputStream().readAllBytes());
    saver.waitFor();
    return output;
  }

  private void assertPreviousIsAllThereIs() throws IOException {
    try (var files = Files.list(directory.resolve("stage"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly("step-000000001");
    }
    CheckpointDirectory latest = series.latest(rejected::add).orElseThrow();
    assertThat(CheckpointFixture.saysEverywhere(latest, 1)).isTrue();
  }

  /** What a saver said. */
  private static final class Progress {
    long begun;
    long saved;

    void hear(String line) {
      if (line != null && line.startsWith("saving ")) {
        begun = Long.parseLong(line.substring("saving ".length()));
      } else if (line != null && line.startsWith("saved ")) {
        saved = Long.parseLong(line.substring("saved ".length()));
      }
    }
  }
}
