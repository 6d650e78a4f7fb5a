package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Checkpoints of a small Llama whose every number tells the step that wrote it. */
final class CheckpointFixture {

  static final Architecture MODEL =
      new Architecture(64, 16, 40, 2, 4, 2, 4, 32, 10_000, 1e-5, true, 0.02);

  private CheckpointFixture() {}

  static Path tokenizer(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("tokenizer.json"),
        """
        {"version":"1.0","added_tokens":[{"id":0,"content":"<|endoftext|>","special":true}],
         "model":{"type":"BPE","vocab":{"<|endoftext|>":0,"a":1},"merges":[]}}
        """);
  }

  static CheckpointContents contents(Path tokenizer, long step) {
    return new CheckpointContents(
        MODEL,
        weights(step),
        tokenizer,
        0,
        Json.mapper().createObjectNode().put("steps", step),
        new CheckpointContents.Resume(
            Stream.of("m", "v").flatMap(kind -> optimizer(kind, step)).toList(),
            List.of(),
            Json.mapper().createObjectNode().put("step", step)));
  }

  static CheckpointContents finalContents(Path tokenizer, long step) {
    CheckpointContents contents = contents(tokenizer, step);
    return new CheckpointContents(
        MODEL, contents.weights(), tokenizer, 0, contents.summary(), null);
  }

  static List<NamedTensor> weights(long step) {
    return LlamaTensors.shapes(MODEL).entrySet().stream()
        .map(entry -> filled(entry.getKey(), entry.getValue(), step))
        .toList();
  }

  private static Stream<NamedTensor> optimizer(String kind, long step) {
    return weights(step).stream()
        .map(weight -> filled(kind + "." + weight.name(), weight.shape(), step));
  }

  private static NamedTensor filled(String name, List<Long> shape, long step) {
    float[] values = new float[(int) (long) shape.stream().reduce(1L, (a, b) -> a * b)];
    Arrays.fill(values, step);
    return NamedTensor.of(name, shape, values);
  }

  /** Whether every number of a checkpoint says that step. */
  static boolean saysEverywhere(CheckpointDirectory checkpoint, long step) {
    try (TensorSource weights = checkpoint.weights();
        Safetensors optimizer = checkpoint.optimizer()) {
      return checkpoint.state().path("step").asLong() == step
          && says(weights, step)
          && says(optimizer, step);
    }
  }

  private static boolean says(TensorSource tensors, long step) {
    for (String name : tensors.names()) {
      for (float value : tensors.floats(name)) {
        if (value != step) {
          return false;
        }
      }
    }
    return true;
  }
}
