package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.train.StageOutcome.Completed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published adapters are what was merged: whoever loads them with PEFT gets the same model. */
class AdapterExportTest {

  private static final String PREFIX = "base_model.model.";

  @TempDir Path root;

  @Test
  void parentAndPublishedAdaptersMakeThePublishedWeights() throws IOException {
    Lora lora = new Lora(4, 8, 0, List.of(Target.K_PROJ, Target.UP_PROJ, Target.LM_HEAD));
    StageFixture parent = StageFixture.in(root);
    train(parent.run("parent"));
    train(
        parent
            .withParent("parent")
            .withMethod(new Method(lora, null, null, false, null))
            .run("adapted"));
    CheckpointDirectory result = CheckpointDirectory.open(root.resolve("adapted/final")).verify();
    Path adapter = result.path().resolve("adapter");
    JsonNode config = Json.mapper().readTree(adapter.resolve("adapter_config.json").toFile());
    double scale = config.path("lora_alpha").doubleValue() / config.path("r").doubleValue();

    try (Safetensors ab = Safetensors.open(adapter.resolve("adapter_model.safetensors"));
        TensorSource before = CheckpointDirectory.open(root.resolve("parent/final")).weights();
        TensorSource after = result.weights()) {
      List<String> modules =
          ab.names().stream()
              .filter(name -> name.endsWith(".lora_A.weight"))
              .map(name -> name.substring(PREFIX.length(), name.indexOf(".lora_A.weight")))
              .toList();
      assertThat(modules).hasSize(2 * StageFixture.MODEL.layers() + 1).contains("lm_head");
      for (String module : modules) {
        // A tied model's output projection is its embedding.
        boolean tied = module.equals("lm_head");
        float[] weight = before.floats(tied ? "model.embed_tokens.weight" : module + ".weight");
        float[] merged = after.floats(module + ".weight");
        float[] expected = merged(weight, ab, PREFIX + module, scale);
        assertThat(expected).as("%s was trained", module).isNotEqualTo(weight);
        assertThat(merged).as(module).containsExactly(expected, within(1e-6f));
      }
    }
  }

  /** W + scale·B·A in fp64, with A [r, inputs] and B [outputs, r]. */
  private static float[] merged(float[] weight, Safetensors ab, String module, double scale) {
    float[] a = ab.floats(module + ".lora_A.weight");
    float[] b = ab.floats(module + ".lora_B.weight");
    int rank = (int) (long) ab.info(module + ".lora_A.weight").shape().getFirst();
    int inputs = a.length / rank;
    float[] merged = new float[weight.length];
    for (int i = 0; i < merged.length; i++) {
      double product = 0;
      for (int k = 0; k < rank; k++) {
        product += (double) b[i / inputs * rank + k] * a[k * inputs + i % inputs];
      }
      merged[i] = (float) (weight[i] + scale * product);
    }
    return merged;
  }

  private static void train(StageRun run) {
    assertThat(new StageTrainer().train(run, StageListener.silent(), () -> false))
        .isInstanceOf(Completed.class);
  }
}
