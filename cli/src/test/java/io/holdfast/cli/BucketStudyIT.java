package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.artifact.s3.S3Server;
import io.holdfast.cli.Holdfast.Result;
import io.holdfast.cli.Holdfast.Running;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study on services that share a bucket and nothing else: every process that starts has an empty
 * folder of its own, as a pod has, also the trainer that follows one that was killed.
 */
class BucketStudyIT {

  private static final String STUDY =
      """
      study: bucket
      model: {layers: 2, hidden: 64, heads: 2, context: 64}
      tokenizer: {vocab: 512, train_on: [facts]}
      corpora:
        math: {embedded: metamath, tokens: 200k}
        facts: {embedded: factbook, tokens: 20k}
      stages:
        pretrain: {corpus: math, tokens: 200k, learning_rate: 2e-3}
        post_train: {corpus: facts, epochs: 1, learning_rate: 1e-3}
        fine_tune: {corpus: math, tokens: 10k, learning_rate: 1e-3}
      recipes:
        plain: {}
      seeds: [1]
      evaluation: {tokens: 2k}
      """;

  @TempDir Path folder;

  @Test
  void aStudyNeedsNoMoreThanABucketOutlivesATrainerWithItsDiskAndIsCollectedThere()
      throws Exception {
    Path objects = Files.createDirectories(folder.resolve("objects"));
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    Holdfast holdfast = new Holdfast(folder.resolve("home"));
    try (S3Server server = S3Server.start(objects)) {
      Result up = holdfast.run(up(server));
      assertThat(up.exitCode()).as(up.output()).isZero();
      try {
        Running run = holdfast.start("run", study.toString());
        await()
            .atMost(Duration.ofMinutes(4))
            .ignoreExceptions()
            .until(() -> names(objects).stream().anyMatch(n -> n.matches(".*/step-\\d+/COMPLETE")));
        ServiceStatus trainer = trainer(holdfast);
        ProcessHandle.of(trainer.pid()).orElseThrow().destroyForcibly();
        assertThat(run.process().waitFor()).as(run.output()).isZero();
        hasAllOfTheStudy(holdfast, objects);
        new CollectionScenario(
                holdfast, folder, objects.resolve(S3Server.BUCKET).resolve("checkpoints"))
            .runBeside("bucket");
      } finally {
        holdfast.run("down");
      }
    }
    noLogTellsTheKey(holdfast);
  }

  private void hasAllOfTheStudy(Holdfast holdfast, Path objects) throws IOException {
    assertThat(log(holdfast, "trainer-1")).contains("goes on from step-");
    assertThat(names(objects)).filteredOn(n -> n.endsWith("/final/COMPLETE")).hasSize(3);
    assertThat(names(objects))
        .as("nothing to go on from is left")
        .noneMatch(n -> n.contains("/step-"));
    assertThat(folder.resolve("pods")).as("data, eval, and the trainer twice").isDirectory();
    assertThat(Files.list(folder.resolve("pods"))).hasSize(4);
  }

  private static void noLogTellsTheKey(Holdfast holdfast) throws IOException {
    try (Stream<Path> files = Files.walk(holdfast.home().directory().resolve("logs"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(S3Server.SECRET_KEY));
    }
  }

  private String[] up(S3Server server) {
    return new String[] {
      "up",
      "--trainers",
      "1",
      "-Dholdfast.artifacts.store=s3",
      "-Dholdfast.artifacts.s3.bucket=" + S3Server.BUCKET,
      "-Dholdfast.artifacts.s3.endpoint=" + server.address(),
      "-Dholdfast.artifacts.s3.path-style=true",
      "-Dholdfast.artifacts.s3.access-key=" + S3Server.ACCESS_KEY,
      "-Dholdfast.artifacts.s3.secret-key=" + S3Server.SECRET_KEY,
      // A new one at every start.
      "-Dholdfast.artifacts.root=" + folder.resolve("pods/${quarkus.uuid}"),
      "-Dholdfast.trainer.checkpoint-interval=1s",
      "-Dholdfast.work.heartbeat=500ms"
    };
  }

  private static ServiceStatus trainer(Holdfast holdfast) {
    return holdfast.home().state().orElseThrow().services().stream()
        .filter(service -> service.name().equals("trainer-1"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Path objects) throws IOException {
    try (Stream<Path> files = Files.walk(objects)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static String log(Holdfast holdfast, String service) throws IOException {
    return Files.readString(
        holdfast.home().logs().resolve(service + ".log"), StandardCharsets.UTF_8);
  }
}
