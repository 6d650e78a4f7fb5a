package io.holdfast.data.model;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.data.tokenizer.BpeTrainer;
import io.holdfast.data.tokenizer.PieceCounts;
import io.holdfast.data.tokenizer.TokenizerJson;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models of random weights, exported by the engine as it exports what it trains. */
public final class ExportedModel {

  /** More rows than the tokenizer has tokens, a head of its own, and Llama 3's RoPE. */
  public static final Architecture ARCHITECTURE =
      new Architecture(
          272, 16, 32, 2, 4, 2, 4, 64, 5e5, 1e-5, false, 0.02, new RopeScaling(8, 1, 4, 32));

  public static final int TOKENS = 260;

  private ExportedModel() {}

  /** Writes a model into one file. */
  public static Path write(Path directory, long seed) throws IOException {
    return write(directory, seed, Long.MAX_VALUE);
  }

  /**
   * Writes a model.
   *
   * @param shardBytes most bytes of weights in a file
   */
  public static Path write(Path directory, long seed, long shardBytes) throws IOException {
    Path parts = Files.createTempDirectory("tokenizer");
    Files.writeString(parts.resolve("chat_template.jinja"), "{{ messages }}");
    Files.writeString(
        parts.resolve("tokenizer_config.json"), "{\"eos_token\": \"!\", \"model_max_length\": 64}");
    CheckpointDirectory.save(
        directory,
        new CheckpointContents(
            ARCHITECTURE,
            weights(new Random(seed)),
            tokenizer(parts.resolve("tokenizer.json")),
            0,
            Json.mapper().createObjectNode(),
            null),
        shardBytes);
    return directory;
  }

  /** Writes a byte-level {@code tokenizer.json} of {@link #TOKENS} symbols; 0 is end-of-text. */
  public static Path tokenizer(Path file) throws IOException {
    PieceCounts counts = new PieceCounts();
    counts.add("to be or not to be");
    TokenizerJson.write(BpeTrainer.train(counts, TOKENS), file);
    return file;
  }

  private static List<NamedTensor> weights(Random random) {
    return LlamaTensors.shapes(ARCHITECTURE).entrySet().stream()
        .map(entry -> NamedTensor.of(entry.getKey(), entry.getValue(), values(entry, random)))
        .toList();
  }

  private static float[] values(Map.Entry<String, List<Long>> tensor, Random random) {
    float[] values = new float[(int) (long) tensor.getValue().stream().reduce(1L, (a, b) -> a * b)];
    if (tensor.getKey().endsWith("norm.weight")) {
      Arrays.fill(values, 1);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.02 * random.nextGaussian());
      }
    }
    return values;
  }
}
