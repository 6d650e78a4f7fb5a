package io.holdfast.lm.weights;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Checkpoints of a small Llama with random weights. */
final class RandomModel {

  static final Architecture MODEL =
      new Architecture(64, 16, 40, 2, 4, 2, 4, 32, 10_000, 1e-5, true, 0.02);

  private static final String TOKENIZER =
      """
      {"version":"1.0","added_tokens":[{"id":0,"content":"<|endoftext|>","special":true}],
       "model":{"type":"BPE","vocab":{"<|endoftext|>":0,"%s":1},"merges":[]}}
      """;

  private RandomModel() {}

  static Path write(Path root, String name, long seed) {
    return write(root, name, seed, MODEL, "a");
  }

  /**
   * Writes a checkpoint.
   *
   * @param word the one word that its tokenizer knows
   */
  static Path write(Path root, String name, long seed, Architecture model, String word) {
    Random random = new Random(seed);
    List<NamedTensor> weights =
        LlamaTensors.shapes(model).entrySet().stream()
            .map(shape -> tensor(shape.getKey(), shape.getValue(), random))
            .toList();
    Path target = root.resolve(name);
    CheckpointDirectory.save(
        target,
        new CheckpointContents(
            model, weights, tokenizer(root, word), 0, Json.mapper().createObjectNode(), null));
    return target;
  }

  private static NamedTensor tensor(String name, List<Long> shape, Random random) {
    float[] values = new float[(int) (long) shape.stream().reduce(1L, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    // What a careless sum would turn into +0.
    values[0] = -0f;
    return NamedTensor.of(name, shape, values);
  }

  private static Path tokenizer(Path root, String word) {
    try {
      Path directory = Files.createDirectories(root.resolve("tokenizer-" + word));
      return Files.writeString(directory.resolve("tokenizer.json"), TOKENIZER.formatted(word));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
