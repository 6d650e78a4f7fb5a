package io.holdfast.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.artifact.s3.S3Artifacts;
import io.holdfast.artifact.s3.S3Server;
import io.holdfast.artifact.s3.S3Settings;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.trainer.Stages;
import io.holdfast.trainer.stage.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Two trainers' machines and a bucket of a real S3 server, with a stage that left two marks. */
class StaleCopiesIT {

  private static final StageSpec STAGE = Stages.marked(61, 1, 100, 200, 1_000);

  @TempDir Path folder;
  private S3Server server;
  private S3Artifacts here;
  private S3Artifacts there;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(Files.createDirectories(folder.resolve("bucket")));
    here = machine("here");
    there = machine("there");
    for (long mark : new long[] {100, 200}) {
      publish(there, Checkpoints.mark(STAGE.id(), mark), mark);
    }
    publish(here, Checkpoints.last(STAGE.id()), 300);
  }

  @AfterEach
  void close() throws Exception {
    here.close();
    there.close();
    server.close();
  }

  @Test
  void whatIsPastMarksThatWereCollectedIsDropped() {
    new StaleCopies(here).drop(STAGE);
    assertThat(isHere()).as("the marks are in the store").isTrue();

    new StageArtifacts(there, new ResumePoints(there), new StaleCopies(there)).remove(STAGE.id());
    assertThat(isHere()).isTrue();
    new StaleCopies(here).drop(STAGE);
    assertThat(isHere()).isFalse();
    new StaleCopies(here).drop(STAGE);
  }

  @Test
  void whatHasItsMarksHereIsKeptThoughTheStoreWasEmptied() {
    for (long mark : new long[] {100, 200}) {
      here.hold(List.of(Checkpoints.mark(STAGE.id(), mark))).close();
    }
    there.remove(Checkpoints.directory(STAGE.id()));
    new StaleCopies(here).drop(STAGE);
    assertThat(isHere()).isTrue();
  }

  private boolean isHere() {
    return DurableDirectory.isMarked(here.resolve(Checkpoints.last(STAGE.id())));
  }

  private S3Artifacts machine(String name) {
    return S3Artifacts.open(
        new ArtifactStore(folder.resolve(name)),
        new S3Settings(
            S3Server.BUCKET,
            "",
            server.address(),
            null,
            true,
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)),
            1L << 40,
            5 << 20,
            2,
            2,
            Duration.ofSeconds(30)));
  }

  /** Only what lies beside the weights is looked at. */
  private static void publish(S3Artifacts machine, String directory, long tokens) {
    machine.provide(
        directory,
        into ->
            Files.writeString(
                into.resolve("training_summary.json"), "{\"tokens\": %d}".formatted(tokens)));
  }
}
