package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.Holdfast.Running;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two systems side by side run the same study. In one, the trainer, the runner and the run itself
 * are ended in the middle of a stage. Both end with the same weights.
 */
class InterruptedStudyFaultIT {

  private static final String STUDY =
      """
      study: interrupted
      model: {layers: 2, hidden: 64, heads: 2, context: 64}
      tokenizer: {vocab: 512, train_on: [facts]}
      corpora:
        math: {embedded: metamath, tokens: 400k}
        facts: {embedded: factbook, tokens: 20k}
      stages:
        pretrain: {corpus: math, tokens: 400k, learning_rate: 2e-3}
        post_train: {corpus: facts, epochs: 1, learning_rate: 1e-3}
        fine_tune: {corpus: math, tokens: 10k, learning_rate: 1e-3}
      recipes:
        plain: {}
      seeds: [1]
      evaluation: {tokens: 2k}
      """;

  @TempDir Path folder;

  @Test
  void studyThatIsKilledThreeTimesAndLosesItsTopicsEndsWithTheWeightsOfAnUnbrokenRun()
      throws Exception {
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    Holdfast unbroken = new Holdfast(folder.resolve("unbroken"));
    Holdfast broken = new Holdfast(folder.resolve("broken"));
    Running reference = run(unbroken, study);
    Running run = run(broken, study);
    try {
      patiently().until(() -> resumableCheckpoints(broken) > 0);
      kill(trainer(broken).pid());
      patiently().until(() -> trainer(broken).restarts() == 1 && trainer(broken).pid() != null);
      assertThat(finalCheckpoints(broken))
          .as("the trainer died in the middle of a stage")
          .isEmpty();

      List<Long> children = children(broken);
      run.process().destroyForcibly().waitFor();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(children).allMatch(Holdfast::hasEnded));

      run = run(broken, study);
      Running second = run;
      patiently()
          .until(() -> !children(broken).equals(children) && second.output().contains("live at"));
      List<Long> secondChildren = children(broken);
      // SIGINT, as Ctrl-C sends it.
      new ProcessBuilder("kill", "-INT", Long.toString(run.process().pid())).start().waitFor();
      assertThat(run.process().waitFor()).as(run.output()).isEqualTo(130);
      assertThat(secondChildren).allMatch(Holdfast::hasEnded);
      assertThat(run.output()).contains("Stopping");

      // As after a restore: what waits in topics is in no backup.
      delete(broken.home().directory().resolve("kafka"));

      run = run(broken, study);
      assertThat(run.process().waitFor()).as(run.output()).isZero();
      assertThat(reference.process().waitFor()).as(reference.output()).isZero();
    } finally {
      run.process().destroy();
      reference.process().destroy();
      run.process().waitFor();
      reference.process().waitFor();
    }
    assertThat(weights(broken)).hasSize(3).isEqualTo(weights(unbroken));
    assertThat(points(broken)).isEqualTo(points(unbroken));
  }

  private static Running run(Holdfast holdfast, Path study) throws IOException {
    return holdfast.start(
        "run",
        study.toString(),
        "--trainers",
        "1",
        "-Dholdfast.trainer.checkpoint-interval=1s",
        "-Dholdfast.work.heartbeat=500ms");
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions();
  }

  private static ServiceStatus trainer(Holdfast holdfast) {
    return holdfast.home().state().orElseThrow().services().stream()
        .filter(service -> service.name().equals("trainer-1"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> children(Holdfast holdfast) {
    return holdfast.home().state().orElseThrow().services().stream()
        .map(ServiceStatus::pid)
        .filter(Objects::nonNull)
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static long resumableCheckpoints(Holdfast holdfast) throws IOException {
    try (Stream<Path> files = Files.walk(holdfast.home().artifacts().resolve("checkpoints"))) {
      return files.filter(file -> file.getFileName().toString().matches("step-\\d+")).count();
    }
  }

  private static List<Path> finalCheckpoints(Holdfast holdfast) throws IOException {
    Path checkpoints = holdfast.home().artifacts().resolve("checkpoints");
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("final/model.safetensors"))
          .map(checkpoints::relativize)
          .sorted()
          .toList();
    }
  }

  /** Stage id and SHA-256 of each stage's weights. */
  private static List<String> weights(Holdfast holdfast) throws IOException {
    Path checkpoints = holdfast.home().artifacts().resolve("checkpoints");
    return finalCheckpoints(holdfast).stream()
        .map(file -> file + " " + sha256(checkpoints.resolve(file)))
        .toList();
  }

  private static String sha256(Path file) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String points(Holdfast holdfast) throws IOException {
    return Files.readString(holdfast.home().study("interrupted").resolve("points.csv"));
  }
}
