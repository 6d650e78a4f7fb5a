package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.RopeScaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {

  @Test
  void presetGivesAModelThatOtherKeysChange() {
    StudyFile study =
        valid(with("model", "model: {preset: smollm2-135m, context: 64, tied_embeddings: false}"));

    assertThat(study.model())
        .isEqualTo(new ModelDefinition(30, 576, 1536, 9, 3, 64, 64, 1e5, 1e-5, false, 1.0 / 24));
    assertThat(model(study).architecture(49152).parameters()).isEqualTo(134_515_008 + 49152 * 576);
  }

  @ParameterizedTest
  @CsvSource({
    // Vocabularies of their own tokenizers; the papers and model cards round these numbers.
    "tiny-1m, 2048, 1053824",
    "tiny-5m, 4096, 5401856",
    "smollm2-135m, 49152, 134515008",
    "ede-1b, 49152, 1029917376",
    "llama-3.2-1b, 128256, 1235814400"
  })
  void presetsHaveTheirPublishedNumbersOfParameters(String preset, int vocabulary, long expected) {
    StudyFile study = valid(with("model", "model: {preset: %s}".formatted(preset)));

    assertThat(model(study).architecture(vocabulary).parameters()).isEqualTo(expected);
  }

  @Test
  void aPresetKeepsItsRopeAndInitializationUntilItIsGivenAnotherWidth() {
    ModelDefinition llama = model(valid(with("model", "model: {preset: llama-3.2-1b}")));
    ModelDefinition narrow =
        model(valid(with("model", "model: {preset: llama-3.2-1b, hidden: 1024}")));

    assertThat(llama.ropeScaling()).isEqualTo(new RopeScaling(32, 1, 4, 8192));
    assertThat(llama.initializerRange()).isEqualTo(0.02);
    assertThat(narrow.ropeScaling()).isEqualTo(llama.ropeScaling());
    assertThat(narrow.initializerRange()).isEqualTo(1.0 / 32);
  }

  private static ModelDefinition model(StudyFile study) {
    return (ModelDefinition) study.model();
  }
}
