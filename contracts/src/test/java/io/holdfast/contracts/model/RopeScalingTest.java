package io.holdfast.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RopeScalingTest {

  private static final RopeScaling LLAMA_3_2 = new RopeScaling(32, 1, 4, 8192);

  /** From Hugging Face's {@code _compute_llama3_parameters}, run in fp64 by PyTorch. */
  @ParameterizedTest
  @CsvSource({
    "0, 1.0",
    "1, 0.6636012376960885",
    "14, 0.0032114459947525913",
    "15, 0.0012905479282092638",
    "16, 4.2955679655936815e-4",
    "17, 9.70828780262767e-05",
    "18, 1.9461638184831125e-05",
    "31, 9.418306725434909e-08"
  })
  void scalesLlama32sFrequenciesAsPublished(int channel, double expected) {
    double frequency = Math.pow(5e5, -channel / 32.0);

    assertThat(LLAMA_3_2.scale(frequency)).isCloseTo(expected, within(1e-14 * expected));
  }

  @Test
  void agreesWithThePublishedThreeCases() {
    RopeScaling scaling = new RopeScaling(8, 1.5, 5, 4096);
    for (double frequency = 1; frequency > 1e-7; frequency *= 0.97) {
      double expected = threeCases(scaling, frequency);
      assertThat(scaling.scale(frequency)).isCloseTo(expected, within(1e-14 * expected));
    }
  }

  /** Meta's {@code apply_scaling}, case by case. */
  private static double threeCases(RopeScaling s, double frequency) {
    double wavelength = 2 * Math.PI / frequency;
    double original = s.originalMaxPositionEmbeddings();
    if (wavelength < original / s.highFreqFactor()) {
      return frequency;
    }
    if (wavelength > original / s.lowFreqFactor()) {
      return frequency / s.factor();
    }
    double smooth =
        (original / wavelength - s.lowFreqFactor()) / (s.highFreqFactor() - s.lowFreqFactor());
    return (1 - smooth) * frequency / s.factor() + smooth * frequency;
  }

  @Test
  void reportsEveryProblemAtOnce() {
    assertThatThrownBy(() -> new RopeScaling(0.5, 4, Double.NaN, 0))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().stream().map(Problem::path))
                    .containsExactly(
                        "model.rope_scaling.factor",
                        "model.rope_scaling.high_freq_factor",
                        "model.rope_scaling.original_max_position_embeddings"));
  }

  /** Stage ids are hashes of this text. */
  @Test
  void anUnscaledModelIsWrittenAsItWasBeforeThereWasScaling() {
    Architecture plain = new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 1e4, 1e-5, true, 0.1);

    assertThat(Json.write(plain))
        .isEqualTo(
            "{\"head_size\":4,\"heads\":2,\"hidden_size\":8,\"initializer_range\":0.1,"
                + "\"intermediate_size\":16,\"kv_heads\":2,\"layers\":1,\"max_sequence_length\":16,"
                + "\"rms_norm_epsilon\":1.0E-5,\"rope_theta\":10000.0,\"tied_embeddings\":true,"
                + "\"vocab_size\":100}");
    assertThat(Json.read(Json.write(plain), Architecture.class)).isEqualTo(plain);
  }

  @Test
  void aScaledModelSurvivesItsJson() {
    Architecture scaled =
        new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 5e5, 1e-5, true, 0.1, LLAMA_3_2);

    assertThat(Json.write(scaled)).contains("\"rope_scaling\":{\"factor\":32.0");
    assertThat(Json.read(Json.write(scaled), Architecture.class)).isEqualTo(scaled);
  }
}
