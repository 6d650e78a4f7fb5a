package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.ForeignModel;
import io.holdfast.lm.checkpoint.TensorType;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage may start from a model that somebody else trained. */
class ImportedParentTest {

  @TempDir Path root;

  @Test
  void trainingFromAShardedBf16ModelIsTrainingFromItsNumbers() throws IOException {
    StageFixture fixture = StageFixture.in(root);
    ForeignModel foreign = ForeignModel.random(StageFixture.MODEL, TensorType.BF16, 8);
    foreign.write(root.resolve("foreign/final"), 3);
    CheckpointDirectory.save(
        root.resolve("own/final"),
        new CheckpointContents(
            StageFixture.MODEL,
            foreign.named(),
            root.resolve("tokenizer.json"),
            0,
            Json.mapper().createObjectNode(),
            null));

    Completed fromForeign = completed(fixture.withParent("foreign").run("a"));
    Completed fromOwn = completed(fixture.withParent("own").run("b"));

    assertThat(fromForeign.sha256()).isEqualTo(fromOwn.sha256());
    assertThat(fromForeign.steps()).isEqualTo(fixture.steps());
  }

  @Test
  void aParentOfAnotherShapeFailsTyped() throws IOException {
    Architecture other = new Architecture(67, 24, 48, 2, 4, 2, 6, 32, 1e4, 1e-5, true, 0.02);
    ForeignModel.random(other, TensorType.F32, 8).write(root.resolve("foreign/final"));
    StageRun run = StageFixture.in(root).withParent("foreign").run("a");

    assertThat(train(run))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE));
  }

  @Test
  void aPickledParentFailsTyped() throws IOException {
    Path parent = root.resolve("foreign/final");
    ForeignModel.random(StageFixture.MODEL, TensorType.F32, 8).write(parent);
    Files.move(parent.resolve("model.safetensors"), parent.resolve("pytorch_model.bin"));
    StageRun run = StageFixture.in(root).withParent("foreign").run("a");

    assertThat(train(run))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.message()).contains("pickle"));
  }

  private static Completed completed(StageRun run) {
    StageOutcome outcome = train(run);
    assertThat(outcome).isInstanceOf(Completed.class);
    return (Completed) outcome;
  }

  private static StageOutcome train(StageRun run) {
    return new StageTrainer().train(run, StageListener.silent(), () -> false);
  }
}
