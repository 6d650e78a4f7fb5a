package io.holdfast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.durable.DurableDirectory;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stages that start from a user's model in the artifact store. */
@QuarkusTest
class BaseModelIT extends TrainerFixture {

  /**
   * With a head of its own and Llama 3's RoPE, built for longer sequences than it is trained on.
   */
  private static final Architecture MODEL =
      new Architecture(
          Stages.VOCAB_SIZE,
          16,
          32,
          2,
          2,
          1,
          8,
          64,
          5e5,
          1e-5,
          false,
          0.02,
          new RopeScaling(8, 1, 4, 16));

  private static final Architecture TRAINED = MODEL.withContext(Stages.SEQUENCE_LENGTH);

  private static final double NO_STEP = 1e-30;

  @ParameterizedTest
  @EnumSource
  void theFirstStepStartsFromExactlyTheBasesNumbers(BaseFiles.Stored stored) {
    String base = Json.sha256("base of " + stored);
    publish(base, stored);
    StageSpec still = Stages.onBase(base, TRAINED, null, 41, NO_STEP);
    train(still);

    assertThat(checkpoint(still).architecture()).isEqualTo(TRAINED);
    try (TensorSource before =
            ModelDirectory.open(artifacts.resolve(ModelDirectory.artifact(base))).weights();
        TensorSource after = checkpoint(still).weights()) {
      LlamaTensors.shapes(MODEL)
          .keySet()
          .forEach(name -> assertThat(after.floats(name)).as(name).isEqualTo(before.floats(name)));
    }
  }

  @Test
  void trainingGoesOnFromTheBaseAndTheNextStageFromThere() {
    String base = Json.sha256("base that is trained");
    publish(base, BaseFiles.Stored.BF16_IN_SHARDS);
    StageSpec first = Stages.onBase(base, TRAINED, null, 42, 1e-2);
    StageSpec second = Stages.after(first, null, 43);
    StageCompleted trained = train(first);

    assertThat(trained.tokens()).isEqualTo(Stages.TOKENS);
    assertThat(train(second).sha256()).isNotEqualTo(trained.sha256());
    assertThat(checkpoint(second).architecture()).isEqualTo(TRAINED);
    // Interpolations between the base and what it was trained to need to know where it lies.
    assertThat(topics.await(CheckpointPublished.class, first.id(), 1).getFirst().parent())
        .isEqualTo(
            new CheckpointPublished.Parent(
                ModelDirectory.artifact(base),
                ModelDirectory.open(artifacts.resolve(ModelDirectory.artifact(base))).sha256()));
  }

  @Test
  void methodsThatNeedATrainedModelHaveOne() {
    String base = Json.sha256("base that is adapted");
    publish(base, BaseFiles.Stored.F32);
    Lora lora = new Lora(2, 4, 0, List.of(Target.O_PROJ));
    Anchor anchor = new Anchor(1e6, new Fisher("corpus", 640));

    assertThat(
            train(Stages.onBase(base, TRAINED, new Method(lora, null, null, false, null), 44, 1e-2))
                .tokens())
        .isEqualTo(Stages.TOKENS);
    assertThat(
            train(
                    Stages.onBase(
                        base, TRAINED, new Method(null, anchor, null, false, null), 45, 1e-2))
                .tokens())
        .isEqualTo(Stages.TOKENS);
  }

  @Test
  void aBaseThatIsNotThereFailsTyped() {
    StageSpec stranded = Stages.onBase(Json.sha256("nowhere"), TRAINED, null, 46, 1e-2);
    topics.send(Stages.prepared(stranded, 1, 1, List.of()));
    StageFailed failed = topics.await(StageFailed.class, stranded.id(), 1).getFirst();

    assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE);
    assertThat(failed.message()).contains("models/");
    assertThat(failed.remedy()).isNotBlank();
  }

  private void publish(String base, BaseFiles.Stored stored) {
    DurableDirectory.publish(
        artifacts.resolve(ModelDirectory.artifact(base)),
        directory -> BaseFiles.write(directory, MODEL, stored));
  }
}
