package io.holdfast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.lm.train.StageTrainer;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running trainer-service with its topics. */
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_trainer"))
abstract class TrainerFixture {

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  OtherServices topics;

  @BeforeEach
  void connect() {
    StageFiles.write(artifacts.root());
    topics =
        new OtherServices(
            bootstrapServers,
            "stage-progressed",
            "checkpoint-published",
            "stage-completed",
            "stage-failed",
            "stage-prepared.dead-letter");
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }

  StageCompleted train(StageSpec spec) {
    topics.send(Stages.prepared(spec, 1, 1, List.of()));
    return topics.await(StageCompleted.class, spec.id(), 1).getFirst();
  }

  CheckpointDirectory checkpoint(StageSpec spec) {
    return CheckpointDirectory.open(artifacts.resolve("checkpoints/" + spec.id() + "/final"))
        .verify();
  }

  /** What a worker leaves that was asked to stop after some steps. */
  void interruptAfter(StagePrepared prepared, int steps) {
    Path directory = artifacts.resolve("checkpoints/" + prepared.stageId());
    int[] asked = {0};
    StageOutcome interrupted =
        new StageTrainer()
            .train(
                StageFiles.run(prepared, artifacts::resolve, directory),
                StageListener.silent(),
                () -> ++asked[0] > steps);
    assertThat(interrupted).isInstanceOf(StageOutcome.Interrupted.class);
    assertThat(new CheckpointSeries(directory).latest(problem -> {})).isPresent();
  }
}
