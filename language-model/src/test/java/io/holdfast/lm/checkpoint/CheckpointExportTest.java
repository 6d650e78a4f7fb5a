package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs find in a final checkpoint. */
class CheckpointExportTest {

  @TempDir Path directory;
  private Path tokenizer;

  @BeforeEach
  void prepare() throws IOException {
    tokenizer = CheckpointFixture.tokenizer(directory);
  }

  @Test
  void largeWeightsAreSplitAsTransformersExpectsThem() throws IOException {
    CheckpointContents contents = CheckpointFixture.finalContents(tokenizer, 7);
    Path model = save(contents, 3000);
    JsonNode index = read(model, "model.safetensors.index.json");
    Set<String> shards = new HashSet<>();
    index.path("weight_map").forEach(file -> shards.add(file.textValue()));
    long total = contents.weights().stream().mapToLong(NamedTensor::bytes).sum();

    assertThat(index.path("metadata").path("total_size").longValue()).isEqualTo(total);
    assertThat(shards).hasSizeGreaterThan(3);
    int count = shards.size();
    assertThat(shards)
        .allMatch(name -> name.matches("model-\\d{5}-of-%05d\\.safetensors".formatted(count)));
    assertThat(files(model)).containsAll(shards).doesNotContain("model.safetensors");
    for (String shard : shards) {
      try (Safetensors file = Safetensors.open(model.resolve(shard))) {
        long bytes =
            file.names().stream().map(file::info).mapToLong(i -> i.end() - i.begin()).sum();
        assertThat(bytes <= 3000 || file.names().size() == 1).as(shard).isTrue();
        assertThat(file.metadata()).containsEntry("format", "pt");
      }
    }
    assertThat(CheckpointFixture.saysEverywhere(save("resumable", 3, 3000), 3)).isTrue();
  }

  @Test
  void shardsTellTheSameModelAsOneFile() throws IOException {
    CheckpointContents contents = CheckpointFixture.finalContents(tokenizer, 7);
    CheckpointDirectory.save(directory.resolve("one"), contents);
    CheckpointDirectory.save(directory.resolve("many"), contents, 3000);
    CheckpointDirectory.save(directory.resolve("again"), contents, 3000);
    ModelDirectory one = ModelDirectory.open(directory.resolve("one"));
    ModelDirectory many = ModelDirectory.open(directory.resolve("many"));

    try (TensorSource left = one.weights();
        TensorSource right = many.weights()) {
      assertThat(right.names()).containsExactlyInAnyOrderElementsOf(left.names());
      for (String name : left.names()) {
        assertThat(right.floats(name)).containsExactly(left.floats(name));
      }
    }
    assertThat(many.sha256())
        .isEqualTo(ModelDirectory.open(directory.resolve("again")).sha256())
        .isNotEqualTo(one.sha256());
  }

  /** The fields and names of PEFT's own {@code save_pretrained}. */
  @Test
  void adaptersLieBesideInPeftsLayout() throws IOException {
    CheckpointContents plain = CheckpointFixture.finalContents(tokenizer, 7);
    Lora lora = new Lora(2, 4, 0.05, List.of(Target.DOWN_PROJ, Target.Q_PROJ));
    String module = "model.layers.0.self_attn.q_proj";
    List<NamedTensor> tensors =
        List.of(
            NamedTensor.of(module + ".lora_A.weight", List.of(2L, 16L), new float[32]),
            NamedTensor.of(module + ".lora_B.weight", List.of(16L, 2L), new float[32]));
    Path model =
        save(
            new CheckpointContents(
                plain.architecture(),
                plain.weights(),
                tokenizer,
                0,
                plain.summary(),
                new AdapterContents(lora, "some/base", tensors),
                null),
            Long.MAX_VALUE);

    assertThat(read(model, "adapter/adapter_config.json"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"base_model_name_or_path":"some/base","bias":"none","fan_in_fan_out":false,
                     "inference_mode":true,"init_lora_weights":true,"lora_alpha":4,
                     "lora_dropout":0.05,"modules_to_save":null,"peft_type":"LORA","r":2,
                     "target_modules":["q_proj","down_proj"],"task_type":"CAUSAL_LM",
                     "use_dora":false,"use_rslora":false}
                    """));
    try (Safetensors adapter =
        Safetensors.open(model.resolve("adapter/adapter_model.safetensors"))) {
      assertThat(adapter.names())
          .containsExactlyInAnyOrder(
              "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
              "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight");
      assertThat(adapter.metadata()).containsEntry("format", "pt");
    }
    assertThat(CheckpointDirectory.open(model).verify().architecture())
        .isEqualTo(plain.architecture());
  }

  @Test
  void theCardSaysWhereTheModelComesFromAndNothingThatNobodyKnows() throws IOException {
    CheckpointContents plain = CheckpointFixture.finalContents(tokenizer, 7);
    ObjectNode summary = Json.mapper().createObjectNode();
    summary.put("stage_id", "abc").put("steps", 1200).put("dev_loss_nats_per_token", 2.5);
    summary.putObject("tokens_by_corpus").put("notes | of\nmine", 70_000L);
    ObjectNode spec = summary.putObject("spec").put("kind", "post_train").put("parent", "def");
    spec.putObject("optimization").put("beta1", 0.9).putObject("dropout").put("mlp", 0.1);
    Path model =
        save(
            new CheckpointContents(
                plain.architecture(), plain.weights(), tokenizer, 0, summary, null),
            Long.MAX_VALUE);
    String card = Files.readString(model.resolve("README.md"));

    assertThat(card)
        .startsWith(
            "---\nlibrary_name: transformers\npipeline_tag: text-generation\ntags:\n- llama")
        .contains("| stage | abc |", "| starts from stage | def |", "| optimizer steps | 1,200 |")
        .contains("| notes \\| of mine | 70,000 |")
        .contains("| dev loss, nats per token | 2.5 |")
        .contains("| beta1 | 0.9 |", "| dropout.mlp | 0.1 |")
        .doesNotContainIgnoringCase("license")
        .doesNotContain("base_model", "null");
  }

  @Test
  void aCardWithoutDataHasNoTableOfIt() throws IOException {
    Path model = save(CheckpointFixture.finalContents(tokenizer, 7), Long.MAX_VALUE);

    assertThat(Files.readString(model.resolve("README.md")))
        .contains("## Result\n\n| what | value |\n|---|---|\n| optimizer steps | 7 |")
        .doesNotContain("## Data", "## Recipe");
  }

  @Test
  void whatLiesBesideATokenizerIsKeptAndTheRestDerived() throws IOException {
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"mine\":1}");
    Files.writeString(directory.resolve("chat_template.jinja"), "{{ messages }}");
    Path model = save(CheckpointFixture.finalContents(tokenizer, 1), Long.MAX_VALUE);

    assertThat(model.resolve("tokenizer_config.json")).hasContent("{\"mine\":1}");
    assertThat(model.resolve("chat_template.jinja")).hasContent("{{ messages }}");
    assertThat(read(model, "special_tokens_map.json").path("eos_token").textValue())
        .isEqualTo("<|endoftext|>");
  }

  private Path save(CheckpointContents contents, long shardBytes) {
    Path path = directory.resolve("model");
    CheckpointDirectory.save(path, contents, shardBytes);
    return path;
  }

  private CheckpointDirectory save(String name, long step, long shardBytes) {
    CheckpointDirectory.save(
        directory.resolve(name), CheckpointFixture.contents(tokenizer, step), shardBytes);
    return CheckpointDirectory.open(directory.resolve(name)).verify();
  }

  private static JsonNode read(Path model, String file) throws IOException {
    return Json.mapper().readTree(model.resolve(file).toFile());
  }

  private static Set<String> files(Path model) throws IOException {
    try (var files = Files.list(model)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
