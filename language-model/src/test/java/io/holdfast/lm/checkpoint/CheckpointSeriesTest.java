package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSeriesTest {

  @TempDir Path directory;
  private Path tokenizer;
  private CheckpointSeries series;
  private final List<Problem> rejected = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    tokenizer = CheckpointFixture.tokenizer(directory);
    series = new CheckpointSeries(directory.resolve("stage"));
  }

  @Test
  void aNewSeriesIsEmpty() {
    assertThat(series.steps()).isEmpty();
    assertThat(series.latest(rejected::add)).isEmpty();
    assertThat(series.last(rejected::add)).isEmpty();
    assertThat(rejected).isEmpty();
  }

  @Test
  void theNewestCheckpointIsTheLatest() {
    save(7);
    save(120);
    save(30);
    CheckpointDirectory latest = series.latest(rejected::add).orElseThrow();
    assertThat(latest.path()).hasFileName("step-000000120");
    assertThat(CheckpointFixture.saysEverywhere(latest, 120)).isTrue();
    assertThat(latest.resumable()).isTrue();
    assertThat(series.steps()).containsExactly(7L, 30L, 120L);
  }

  @Test
  void fallsBackWhenTheNewestIsDamagedAndSaysWhy() throws IOException {
    save(1);
    for (String file :
        List.of("model.safetensors", "optimizer.safetensors", "trainer_state.json", "COMPLETE")) {
      save(2);
      Path damaged = directory.resolve("stage/step-000000002").resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 4;
      Files.write(damaged, bytes);

      CheckpointDirectory latest = series.latest(rejected::add).orElseThrow();
      assertThat(CheckpointFixture.saysEverywhere(latest, 1)).as(file).isTrue();
    }
    assertThat(rejected).hasSize(4);
    assertThat(rejected.getFirst().path()).endsWith("step-000000002/model.safetensors");

    save(2);
    assertThat(CheckpointFixture.saysEverywhere(series.latest(rejected::add).orElseThrow(), 2))
        .isTrue();
  }

  @Test
  void pruningKeepsTheNewestCompleteOnes() throws IOException {
    for (long step = 1; step <= 5; step++) {
      save(step);
    }
    Files.delete(directory.resolve("stage/step-000000005/COMPLETE"));
    series.prune(2);
    assertThat(series.steps()).containsExactly(3L, 4L, 5L);
    assertThat(CheckpointFixture.saysEverywhere(series.latest(rejected::add).orElseThrow(), 4))
        .isTrue();
  }

  @Test
  void theFinalCheckpointIsAHuggingFaceLlamaDirectory() throws IOException {
    CheckpointDirectory last = series.saveFinal(CheckpointFixture.finalContents(tokenizer, 9));

    try (var files = Files.list(last.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "README.md",
              "config.json",
              "generation_config.json",
              "model.safetensors",
              "special_tokens_map.json",
              "tokenizer.json",
              "tokenizer_config.json",
              "training_summary.json",
              "COMPLETE");
    }
    JsonNode config = Json.mapper().readTree(last.path().resolve("config.json").toFile());
    assertThat(config.path("architectures").path(0).asText()).isEqualTo("LlamaForCausalLM");
    assertThat(config.path("num_key_value_heads").asInt()).isEqualTo(2);
    assertThat(config.path("eos_token_id").asInt()).isZero();
    JsonNode tokens =
        Json.mapper().readTree(last.path().resolve("special_tokens_map.json").toFile());
    assertThat(tokens.path("eos_token").asText()).isEqualTo("<|endoftext|>");
    assertThat(last.architecture()).isEqualTo(CheckpointFixture.MODEL);
    assertThat(last.resumable()).isFalse();
    assertThat(last.summary().path("steps").asLong()).isEqualTo(9);
    assertThat(last.sha256())
        .isEqualTo(FileDigest.of(last.path().resolve("model.safetensors")).sha256());
    try (TensorSource weights = last.weights()) {
      assertThat(weights.names()).hasSize(20).doesNotContain("lm_head.weight");
      assertThat(weights.info("model.layers.1.self_attn.k_proj.weight").shape())
          .containsExactly(8L, 16L);
      assertThat(weights.holding("model.norm.weight").metadata()).containsEntry("format", "pt");
    }
  }

  @Test
  void theFinalCheckpointIsWrittenOnce() {
    series.saveFinal(CheckpointFixture.finalContents(tokenizer, 1));
    CheckpointDirectory kept = series.saveFinal(CheckpointFixture.finalContents(tokenizer, 2));
    assertThat(kept.summary().path("steps").asLong()).isEqualTo(1);
    assertThat(series.last(rejected::add).orElseThrow().sha256()).isEqualTo(kept.sha256());
  }

  @Test
  void equalWeightsGiveEqualBytes() {
    save(3);
    CheckpointSeries other = new CheckpointSeries(directory.resolve("other"));
    assertThat(other.save(3, CheckpointFixture.contents(tokenizer, 3)).sha256())
        .isEqualTo(series.latest(rejected::add).orElseThrow().sha256());
  }

  @Test
  void theTokenizersOwnFilesAreKept() throws IOException {
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"mine\":1}");
    Files.writeString(directory.resolve("special_tokens_map.json"), "{\"mine\":2}");
    CheckpointDirectory last = series.saveFinal(CheckpointFixture.finalContents(tokenizer, 1));
    assertThat(last.path().resolve("tokenizer_config.json")).hasContent("{\"mine\":1}");
    assertThat(last.path().resolve("special_tokens_map.json")).hasContent("{\"mine\":2}");
  }

  @Test
  void weightsOfAnotherArchitectureAreNotSaved() {
    assertThatThrownBy(
            () ->
                new CheckpointContents(
                    CheckpointFixture.MODEL,
                    CheckpointFixture.weights(1).subList(1, 20),
                    tokenizer,
                    0,
                    Json.mapper().createObjectNode(),
                    null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void save(long step) {
    series.save(step, CheckpointFixture.contents(tokenizer, step));
  }
}
