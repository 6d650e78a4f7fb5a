package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.study.StudyPlan.PlannedBase;
import org.junit.jupiter.api.Test;

/** What the report says of the model and of where its weights come from. */
class ModelTableTest {

  private static final Architecture LLAMA =
      new Architecture(
          128256,
          2048,
          8192,
          16,
          32,
          8,
          64,
          1024,
          5e5,
          1e-5,
          true,
          0.02,
          new RopeScaling(32, 1, 4, 8192));

  private static final String TOKENIZER = Json.sha256("tokenizer");

  @Test
  void aBaseAndItsRopeScalingAreNamed() {
    String id = Json.sha256("model");

    assertThat(
            Pages.html(SettingsTables.model(LLAMA, new PlannedBase("Llama-3.2-1B", id), TOKENIZER)))
        .contains("Llama-3.2-1B (model id " + id.substring(0, 16) + ")")
        .contains("llama3: ×32 from 8\u202f192 tokens, turns 1 to 4");
  }

  @Test
  void aNewModelStartsFromRandomWeights() {
    Architecture plain = new Architecture(512, 32, 88, 2, 2, 2, 16, 64, 1e4, 1e-5, true, 0.2);

    assertThat(Pages.html(SettingsTables.model(plain, null, TOKENIZER)))
        .contains("random weights", "none");
  }
}
