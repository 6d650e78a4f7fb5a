package io.holdfast.eval;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running eval-service with its topics, and two held-out sets. */
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_eval"))
abstract class EvaluationFixture {

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  OtherServices topics;

  Path root;

  HeldOutShard prose;

  HeldOutShard code;

  @BeforeEach
  void connect() {
    root = artifacts.root();
    prose = HeldOutFiles.heldOut(root, "prose");
    code = HeldOutFiles.heldOut(root, "code");
    topics =
        new OtherServices(
            bootstrapServers,
            "checkpoint-evaluated",
            "evaluation-failed",
            "stage-waiting",
            "checkpoint-published.dead-letter");
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }
}
