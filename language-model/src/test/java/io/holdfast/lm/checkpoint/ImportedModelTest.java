package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedModelTest {

  private static final Architecture TIED =
      new Architecture(64, 16, 40, 2, 4, 2, 4, 32, 10_000, 1e-5, true, 0.02);
  private static final Architecture UNTIED =
      new Architecture(64, 16, 40, 2, 4, 4, 4, 32, 10_000, 1e-5, false, 0.02);

  private static final String EMBEDDING = "model.embed_tokens.weight";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0} in {1} shards, tied {2}")
  @CsvSource({"F32, 1, true", "BF16, 3, true", "F16, 2, false", "BF16, 1, false"})
  void readsEveryTensorExactly(TensorType type, int shards, boolean tied) throws IOException {
    Architecture architecture = tied ? TIED : UNTIED;
    ForeignModel foreign = ForeignModel.random(architecture, type, 3);
    Path path = shards == 1 ? foreign.write(directory) : foreign.write(directory, shards);
    ImportedModel model = ImportedModel.open(path);

    assertThat(model.architecture()).isEqualTo(architecture);
    assertThat(model.endOfText()).isZero();
    try (TensorSource weights = model.weights()) {
      LlamaTensors.shapes(architecture)
          .forEach(
              (name, shape) ->
                  assertThat(weights.floats(name, shape))
                      .as(name)
                      .containsExactly(foreign.values(name)));
    }
  }

  @Test
  void whatTransformersStoresBesideTheWeightsIsIgnored() throws IOException {
    ForeignModel.random(TIED, TensorType.F32, 3)
        .withCopy("lm_head.weight", EMBEDDING)
        .with("model.layers.0.self_attn.rotary_emb.inv_freq", TensorType.F32, List.of(2L), 1, 2)
        .write(directory);

    assertThat(ImportedModel.open(directory).architecture()).isEqualTo(TIED);
  }

  @Test
  void aTiedModelsOwnOutputProjectionIsRefused() throws IOException {
    ForeignModel foreign = ForeignModel.random(TIED, TensorType.F32, 3);
    foreign.withCopy("lm_head.weight", EMBEDDING);
    foreign.write(directory.resolve("equal"));
    foreign.with("lm_head.weight", TensorType.F32, List.of(64L, 16L), new double[64 * 16]);
    foreign.write(directory.resolve("other"));

    assertThat(ImportedModel.open(directory.resolve("equal")).architecture()).isEqualTo(TIED);
    assertRefused(directory.resolve("other"), "tensor-untied", "lm_head.weight");
  }

  @Test
  void aModelThatIsNotExactlyALlamaIsRefused() throws IOException {
    String bias = "model.layers.0.self_attn.q_proj.bias";
    String norm = "model.norm.weight";
    random().with(bias, TensorType.F32, List.of(1L), 1).write(directory.resolve("bias"));
    random().without(norm).write(directory.resolve("missing"));
    random().with(norm, TensorType.F32, List.of(2L), 1, 2).write(directory.resolve("shape"));
    random()
        .with(norm, TensorType.I8, List.of(16L), new double[16])
        .write(directory.resolve("type"));

    assertRefused(directory.resolve("bias"), "tensor-unknown", bias);
    assertRefused(directory.resolve("missing"), "tensors-malformed", norm);
    assertRefused(directory.resolve("shape"), "tensor-shape", norm);
    assertRefused(directory.resolve("type"), "tensor-type", norm);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Path tensors =
        random()
            .with("model.norm.weight", TensorType.F32, List.of(2L), 1, 2)
            .with("score.weight", TensorType.F32, List.of(1L), 1)
            .without("lm_head.weight")
            .write(directory.resolve("tensors"));
    Path config = random().write(directory.resolve("config"));
    Files.writeString(
        config.resolve("config.json"),
        Files.readString(config.resolve("config.json"))
            .replace("\"llama\"", "\"gemma\", \"mlp_bias\": true, \"quantization_config\": {}"));
    Files.delete(config.resolve("model.safetensors"));

    assertThat(ImportedModel.problems(random().write(directory.resolve("right")))).isEmpty();
    assertThat(ImportedModel.problems(tensors))
        .extracting(Problem::code)
        .containsExactlyInAnyOrder("tensors-malformed", "tensor-shape", "tensor-unknown");
    assertThat(ImportedModel.problems(config))
        .extracting(Problem::code)
        .containsExactly(
            "config-unusable", "config-unusable", "config-unusable", "weights-missing");
  }

  @Test
  void aConfigurationOfAnotherModelIsToldInAFewProblems() throws IOException {
    Path wide = random().write(directory.resolve("wide"));
    Architecture deep = new Architecture(64, 24, 40, 9, 4, 4, 6, 32, 10_000, 1e-5, false, 0.02);
    Path other = ForeignModel.random(deep, TensorType.F32, 3).write(directory.resolve("deep"));
    Files.copy(
        other.resolve("config.json"),
        wide.resolve("config.json"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(ImportedModel.problems(wide)).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "consolidated.00.pth", "model.pt", "model.pkl"})
  void picklesAreRefused(String file) throws IOException {
    random().write(directory);
    Files.move(directory.resolve("model.safetensors"), directory.resolve(file));

    assertRefused(directory, "pickle-refused", file);
  }

  /** A pipe without a writer: whoever opened it would wait for ever. */
  @Test
  void aPickleIsNotEvenOpened() throws Exception {
    random().write(directory);
    Files.delete(directory.resolve("model.safetensors"));
    Path pipe = directory.resolve("pytorch_model.bin");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertRefused(directory, "pickle-refused", "pytorch_model.bin");
  }

  @Test
  void aDirectoryWithoutWeightsIsRefused() throws IOException {
    random().write(directory);
    Files.delete(directory.resolve("model.safetensors"));

    assertRefused(directory, "weights-missing", "model.safetensors.index.json");
    assertThatThrownBy(() -> ImportedModel.open(directory.resolve("absent")))
        .isInstanceOf(UnusableArtifactException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../model-00001-of-00002.safetensors\"",
        "\"/etc/passwd\"",
        "\"sub/model-00001-of-00002.safetensors\"",
        "\"..\\\\model.safetensors\"",
        "\".safetensors\"",
        "\"pytorch_model-00001-of-00002.bin\"",
        "\"\"",
        "7",
        "null"
      })
  void anIndexNamesOnlySafetensorsBesideIt(String file) throws IOException {
    random().write(directory, 2);
    Files.writeString(
        directory.resolve(WeightIndex.NAME), "{\"weight_map\":{\"%s\":%s}}".formatted("a", file));

    assertRefused(directory, "index-unusable", WeightIndex.NAME);
  }

  @Test
  void indexAndShardsMustAgree() throws IOException {
    Path index = random().write(directory, 2).resolve(WeightIndex.NAME);
    String text = Files.readString(index);
    String first = ForeignModel.shardName(0, 2);
    String second = ForeignModel.shardName(1, 2);

    Files.writeString(index, text.replaceFirst(first, second));
    assertRefused(directory, "tensors-malformed", "does not say that");
    Files.writeString(
        index, text.replace("\"weight_map\":{", "\"weight_map\":{\"x\":\"%s\",".formatted(first)));
    assertRefused(directory, "tensors-malformed", "not in " + first);
    Files.writeString(index, "{}");
    assertRefused(directory, "index-unusable", "no weight_map");
    Files.writeString(index, text);
    Files.delete(directory.resolve(second));
    assertRefused(directory, "tensors-missing", second);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void theHashTellsEveryByteOfTheModel(TensorType type) throws IOException {
    ForeignModel foreign = ForeignModel.random(TIED, type, 3);
    Path path = foreign.write(directory.resolve("a"), 2);
    String hash = ImportedModel.open(path).sha256();
    assertThat(ImportedModel.open(foreign.write(directory.resolve("b"), 2)).sha256())
        .isEqualTo(hash)
        .hasSize(64);

    Files.writeString(path.resolve("tokenizer.json"), "{}");
    String withTokenizer = ImportedModel.open(path).sha256();
    ForeignModel.random(TIED, type, 4).write(directory.resolve("c"), 2);
    Path shard = Path.of(ForeignModel.shardName(0, 2));
    Files.copy(
        directory.resolve("c").resolve(shard),
        path.resolve(shard),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(withTokenizer).isNotEqualTo(hash);
    assertThat(ImportedModel.open(path).sha256()).isNotIn(hash, withTokenizer);
  }

  @Test
  void aModelWithoutAFastTokenizerSaysSoWhenItIsAskedFor() throws IOException {
    random().write(directory);
    ImportedModel model = ImportedModel.open(directory);

    assertThatThrownBy(model::tokenizer).hasMessageContaining("tokenizer.json");
  }

  @Test
  void aModelDirectoryIsHoldfastsOwnOrForeign() throws IOException {
    Path foreign = random().write(directory.resolve("foreign"));
    Path own = directory.resolve("own");
    Path tokenizer = CheckpointFixture.tokenizer(directory);
    CheckpointDirectory.save(own, CheckpointFixture.finalContents(tokenizer, 1));

    assertThat(ModelDirectory.open(foreign)).isInstanceOf(ImportedModel.class);
    assertThat(ModelDirectory.open(own)).isInstanceOf(CheckpointDirectory.class);
    // Without its marker nobody knows whether a checkpoint is whole.
    Files.delete(own.resolve("COMPLETE"));
    assertThatThrownBy(() -> ModelDirectory.open(own)).hasMessageContaining("COMPLETE");
    // Holdfast's own is a Hugging Face directory for whoever asks for one.
    assertThat(ImportedModel.open(own).architecture()).isEqualTo(CheckpointFixture.MODEL);
    assertThat(Json.mapper().readTree(own.resolve("config.json").toFile()).path("torch_dtype"))
        .hasToString("\"float32\"");
  }

  private static ForeignModel random() {
    return ForeignModel.random(UNTIED, TensorType.F32, 3);
  }

  private static void assertRefused(Path path, String code, String named) {
    assertThatThrownBy(() -> ImportedModel.open(path))
        .isInstanceOfSatisfying(
            UnusableArtifactException.class, e -> assertThat(e.problem().code()).isEqualTo(code))
        .hasMessageContaining(named);
  }
}
