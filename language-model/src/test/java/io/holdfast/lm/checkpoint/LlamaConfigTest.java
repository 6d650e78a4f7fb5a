package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaConfigTest {

  /** The fields that no Llama leaves to LlamaConfig's defaults. */
  private static final String SMALLEST =
      """
      {"model_type":"llama","vocab_size":100,"hidden_size":64,"intermediate_size":96,
       "num_hidden_layers":2,"num_attention_heads":4}
      """;

  private static final String LLAMA3 =
      """
      "factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192
      """;

  @TempDir Path directory;

  @Test
  void absentFieldsHaveLlamaConfigsDefaults() throws IOException {
    assertThat(read(SMALLEST))
        .isEqualTo(new Architecture(100, 64, 96, 2, 4, 4, 16, 2048, 1e4, 1e-6, false, 0.02));
  }

  @Test
  void readsSmolLm2AsPublished() throws IOException {
    assertThat(
            read(
                """
                {"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
                 "bos_token_id":0,"eos_token_id":0,"hidden_act":"silu","hidden_size":576,
                 "initializer_range":0.041666666666666664,"intermediate_size":1536,
                 "is_llama_config":true,"max_position_embeddings":8192,"model_type":"llama",
                 "num_attention_heads":9,"num_hidden_layers":30,"num_key_value_heads":3,
                 "pretraining_tp":1,"rms_norm_eps":1e-05,"rope_interleaved":false,"rope_scaling":null,
                 "rope_theta":100000,"tie_word_embeddings":true,"torch_dtype":"bfloat16",
                 "transformers_version":"4.40.1","use_cache":true,"vocab_size":49152}
                """))
        .isEqualTo(
            new Architecture(49_152, 576, 1536, 30, 9, 3, 64, 8192, 1e5, 1e-5, true, 1.0 / 24));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "rope_theta":500000.0,"rope_scaling":{"rope_type":"llama3",LLAMA3}
          "rope_theta":500000,"rope_scaling":{"type":"llama3",LLAMA3}
          "rope_parameters":{"rope_theta":500000.0,"rope_type":"llama3",LLAMA3}
          """)
  void readsLlama3ScalingAsEveryVersionWritesIt(String rope) throws IOException {
    Architecture model = read(with(rope.replace("LLAMA3", LLAMA3)));

    assertThat(model.ropeTheta()).isEqualTo(5e5);
    assertThat(model.ropeScaling()).isEqualTo(new RopeScaling(32, 1, 4, 8192));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "rope_scaling":null
          "rope_scaling":{"rope_type":"default"}
          "rope_parameters":{"rope_theta":10000.0,"rope_type":"default"}
          """)
  void plainRopeMayBeSaidInManyWays(String rope) throws IOException {
    assertThat(read(with(rope))).isEqualTo(read(SMALLEST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "model_type":"mistral"                                  | model_type = mistral
          "model_type":null                                       | model_type = none
          "architectures":["LlamaForSequenceClassification"]      | no LlamaForCausalLM
          "hidden_act":"gelu"                                     | hidden_act = gelu
          "attention_bias":true                                   | attention_bias
          "mlp_bias":true                                         | mlp_bias
          "mlp_bias":"no"                                         | neither true nor false
          "quantization_config":{"bits":4}                        | not quantized
          "rope_scaling":{"type":"linear","factor":8}             | linear
          "rope_scaling":{"rope_type":"yarn","factor":8}          | yarn
          "rope_scaling":{"factor":8}                             | rope_type = absent
          "rope_scaling":{"rope_type":"llama3","factor":8}        | low_freq_factor
          "rope_scaling":{"rope_type":"llama3","factor":0.5,"low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":8} | factor: 0.5
          "rope_scaling":8                                        | not a JSON object
          "partial_rotary_factor":0.5                             | all channels
          "hidden_size":"576"                                     | not a whole number
          "hidden_size":576.0                                     | not a whole number
          "hidden_size":-1                                        | greater than zero
          "hidden_size":99999999999                               | not a whole number
          "hidden_size":null                                      | hidden_size
          "rms_norm_eps":"NaN"                                    | not a number
          "num_key_value_heads":3                                 | do not divide
          """)
  void refusesWhatTheEngineWouldComputeDifferently(String field, String why) {
    assertThatThrownBy(() -> read(with(field)))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatIsWrittenIsReadBack(boolean scaled) throws IOException {
    Architecture model =
        new Architecture(
            100,
            64,
            96,
            2,
            4,
            2,
            24,
            512,
            5e5,
            1e-5,
            true,
            0.02,
            scaled ? new RopeScaling(32, 1, 4, 8192) : null);
    String text = LlamaConfig.of(model, 0).toString();

    assertThat(read(text)).isEqualTo(model);
    // The exact keys and the type under which transformers finds the scaling.
    JsonNode written = Json.mapper().readTree(text).path("rope_scaling");
    assertThat(written.toString())
        .isEqualTo(
            scaled
                ? "{\"factor\":32.0,\"high_freq_factor\":4.0,\"low_freq_factor\":1.0,"
                    + "\"original_max_position_embeddings\":8192,\"rope_type\":\"llama3\"}"
                : "null");
  }

  @Test
  void refusesAFileThatIsNoConfiguration() throws IOException {
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("not a JSON object");
    assertThatThrownBy(() -> read("{")).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> read(" ".repeat(2 << 20))).hasMessageContaining("too large");
    assertThatThrownBy(() -> LlamaConfig.read(directory.resolve("absent/config.json")))
        .isInstanceOf(UnusableArtifactException.class);
  }

  private static String with(String field) throws IOException {
    ObjectNode config = (ObjectNode) Json.mapper().readTree(SMALLEST);
    config.setAll((ObjectNode) Json.mapper().readTree("{" + field + "}"));
    return config.toString();
  }

  private Architecture read(String text) throws IOException {
    return LlamaConfig.read(Files.writeString(directory.resolve("config.json"), text));
  }
}
