package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.checkpoint.TensorSource;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The weights of a checkpoint or of an imported model; open until it is closed. */
public final class CheckpointWeights implements ModelWeights, AutoCloseable {

  private final String sha256;
  private final Architecture architecture;
  private final Map<String, List<Long>> shapes;
  private final TokenizerFile tokenizer;
  private final TensorSource file;

  private CheckpointWeights(ModelDirectory checkpoint) {
    this.sha256 = checkpoint.sha256();
    this.architecture = checkpoint.architecture();
    this.shapes = LlamaTensors.shapes(architecture);
    this.tokenizer =
        new TokenizerFile(
            checkpoint.tokenizer(), checkpoint.endOfText(), checkpoint.tokenizerSha256());
    this.file = checkpoint.weights();
  }

  /**
   * Opens a checkpoint whose checksums hold, or anybody's Hugging Face Llama.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when it is missing, incomplete,
   *     malformed or not what was published
   */
  public static CheckpointWeights open(Path checkpoint) {
    return new CheckpointWeights(ModelDirectory.open(checkpoint));
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public TokenizerFile tokenizer() {
    return tokenizer;
  }

  @Override
  public float[] values(String tensor) {
    return file.floats(tensor, shapes.get(tensor));
  }

  @Override
  public void read(String tensor, long from, FloatBuffer into) {
    file.read(tensor, shapes.get(tensor), from, into);
  }

  @Override
  public JsonNode origin() {
    return Json.mapper().createObjectNode().put("checkpoint", sha256);
  }

  @Override
  public void close() {
    file.close();
  }
}
