package io.holdfast.lm.weights;

import io.holdfast.contracts.json.Json;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/** Derived weights as a model directory. */
public final class WeightsDirectory {

  private WeightsDirectory() {}

  /**
   * Writes a Hugging Face directory atomically, with one tensor at a time in memory; a complete one
   * of that name is kept.
   *
   * @throws io.holdfast.lm.durable.StorageException when storage refuses; nothing is visible then
   */
  public static CheckpointDirectory write(Path target, ModelWeights model) {
    List<NamedTensor> tensors =
        LlamaTensors.shapes(model.architecture()).entrySet().stream()
            .map(
                shape ->
                    new NamedTensor(
                        shape.getKey(),
                        shape.getValue(),
                        sink -> sink.accept(FloatBuffer.wrap(model.values(shape.getKey())))))
            .toList();
    CheckpointDirectory.save(
        target,
        new CheckpointContents(
            model.architecture(),
            tensors,
            model.tokenizer().file(),
            model.tokenizer().endOfText(),
            Json.mapper().createObjectNode().set("origin", model.origin()),
            null));
    return CheckpointDirectory.open(target);
  }
}
