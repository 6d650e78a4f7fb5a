package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.lm.checkpoint.AdapterContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.program.AdapterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.train.StageOutcome.Completed;
import io.holdfast.lm.train.StageOutcome.Interrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that trains adapters on its parent's weights. */
class AdapterStageTest {

  private static final Lora LORA =
      new Lora(4, 8, 0.1, List.of(Target.V_PROJ, Target.DOWN_PROJ, Target.LM_HEAD));
  private static final Method METHOD = new Method(LORA, null, null, false, null);

  @TempDir Path root;

  private StageFixture stage;

  @BeforeEach
  void trainParent() {
    StageFixture parent = StageFixture.in(root);
    assertThat(train(parent.run("parent"), () -> false)).isInstanceOf(Completed.class);
    stage = parent.withParent("parent").withMethod(METHOD).withEarlyStopping(100, 50);
  }

  private static StageOutcome train(StageRun run, BooleanSupplier stopRequested) {
    return new StageTrainer().train(run, StageListener.silent(), stopRequested);
  }

  private static BooleanSupplier stopBefore(long step) {
    AtomicLong asked = new AtomicLong();
    return () -> asked.getAndIncrement() == step;
  }

  private CheckpointDirectory checkpoint(String path) {
    return CheckpointDirectory.open(root.resolve(path));
  }

  @Test
  void itsResultIsAPlainLlamaThatDiffersWhereAdaptersWere() {
    assertThat(train(stage.run("adapted"), () -> false)).isInstanceOf(Completed.class);
    CheckpointDirectory result = checkpoint("adapted/final");

    assertThat(result.architecture()).isEqualTo(StageFixture.MODEL.untied());
    assertThat(result.path().resolve(AdapterContents.DIRECTORY)).isDirectoryContaining("glob:**");
    try (TensorSource before = checkpoint("parent/final").weights();
        TensorSource after = result.weights()) {
      LlamaTensors.shapes(StageFixture.MODEL)
          .forEach(
              (name, shape) -> {
                boolean adapted = name.contains("v_proj") || name.contains("down_proj");
                assertThat(Arrays.equals(after.floats(name, shape), before.floats(name, shape)))
                    .as(name)
                    .isEqualTo(!adapted);
              });
      List<Long> shape = LlamaTensors.shapes(StageFixture.MODEL).get(LlamaTensors.EMBEDDING);
      assertThat(after.floats("lm_head.weight", shape))
          .isNotEqualTo(before.floats(LlamaTensors.EMBEDDING, shape));
    }
  }

  @Test
  void aResumedOneEqualsAnUnbrokenOneBitByBit() throws IOException {
    long last = stage.steps() - 1;
    train(stage.run("unbroken"), stopBefore(last));
    assertThat(train(stage.run("broken"), stopBefore(5))).isEqualTo(new Interrupted(5));
    assertThat(train(stage.run("broken"), stopBefore(last - 5))).isEqualTo(new Interrupted(last));

    String step = "/step-%09d/".formatted(last);
    for (String file :
        new String[] {
          CheckpointDirectory.WEIGHTS,
          CheckpointDirectory.OPTIMIZER,
          CheckpointDirectory.BEST_WEIGHTS
        }) {
      assertThat(FileDigest.of(root.resolve("broken" + step + file)))
          .as(file)
          .isEqualTo(FileDigest.of(root.resolve("unbroken" + step + file)));
    }
    try (TensorSource weights = checkpoint("broken" + step).weights()) {
      assertThat(weights.names())
          .containsExactlyInAnyOrderElementsOf(AdapterLayout.of(StageFixture.MODEL, LORA).names());
    }
    train(stage.run("broken"), () -> false);
    train(stage.run("unbroken"), () -> false);
    assertThat(checkpoint("broken/final").sha256())
        .isEqualTo(checkpoint("unbroken/final").sha256());
  }

  @Test
  void itLearns() {
    Completed adapted = (Completed) train(stage.run("adapted"), () -> false);
    StageFixture still = stage.withPeak(1e-9);
    Completed unmoved = (Completed) train(still.run("unmoved"), () -> false);

    assertThat(adapted.devLossNatsPerToken()).isLessThan(unmoved.devLossNatsPerToken() - 0.02);
  }

  @Test
  void attentionWithinDocumentsTrainsToOtherWeights() {
    StageFixture plain = stage.withMethod(Method.PLAIN);
    StageFixture within = stage.withMethod(new Method(null, null, null, true, null));

    train(plain.run("plain"), () -> false);
    train(within.run("within"), () -> false);

    assertThat(checkpoint("within/final").sha256())
        .isNotEqualTo(checkpoint("plain/final").sha256());
  }

  /** PEFT's: A uniform in ±1/√inputs, whose variance is a third of that squared; B zero. */
  @Test
  void adaptersBeginAsInPeft() {
    Lora wide = new Lora(64, 128, 0, List.of(Target.values()));
    try (TensorSet adapters = TensorSet.zeros(AdapterLayout.of(StageFixture.MODEL, wide));
        TensorSet other = TensorSet.zeros(AdapterLayout.of(StageFixture.MODEL, wide))) {
      InitialAdapters.fill(adapters, 5);
      InitialAdapters.fill(other, 6);
      for (int i = 0; i < adapters.layout().size(); i += 2) {
        float[] a = adapters.values(i);
        double bound = 1 / Math.sqrt(adapters.layout().shapes().get(i).get(1));
        double squares = 0;
        for (float value : a) {
          assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
          squares += value * value;
        }
        assertThat(squares / a.length * 3 / (bound * bound)).isBetween(0.85, 1.15);
        assertThat(adapters.values(i + 1)).containsOnly(0f);
        assertThat(other.values(i)).isNotEqualTo(a);
      }
    }
  }
}
