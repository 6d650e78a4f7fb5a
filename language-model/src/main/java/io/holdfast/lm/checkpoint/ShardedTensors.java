package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The shards of one model, as its {@code model.safetensors.index.json} lists them. */
public final class ShardedTensors implements TensorSource {

  private final Path index;
  private final Map<String, Safetensors> files;
  private final Map<String, Safetensors> byTensor;

  private ShardedTensors(
      Path index, Map<String, Safetensors> files, Map<String, Safetensors> byTensor) {
    this.index = index;
    this.files = files;
    this.byTensor = byTensor;
  }

  /**
   * Maps every shard.
   *
   * @param path the index; the shards lie beside it
   * @throws UnusableArtifactException when index and shards do not list the same tensors, or a file
   *     is missing or malformed
   */
  static ShardedTensors open(Path path) {
    WeightIndex index = WeightIndex.read(path);
    Map<String, Safetensors> files = new LinkedHashMap<>();
    Map<String, Safetensors> byTensor = new LinkedHashMap<>();
    ShardedTensors tensors = new ShardedTensors(path, files, byTensor);
    try {
      for (String name : index.files()) {
        Safetensors shard = Safetensors.open(path.resolveSibling(name));
        files.put(name, shard);
        for (String tensor : shard.names()) {
          if (!name.equals(index.fileByTensor().get(tensor))) {
            throw unusable(path, tensor, "The index does not say that %s holds it.", name);
          }
          byTensor.put(tensor, shard);
        }
      }
      for (var entry : index.fileByTensor().entrySet()) {
        if (!byTensor.containsKey(entry.getKey())) {
          throw unusable(path, entry.getKey(), "It is not in %s.", entry.getValue());
        }
      }
      return tensors;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(byTensor.keySet());
  }

  @Override
  public Safetensors holding(String name) {
    Safetensors file = byTensor.get(name);
    if (file == null) {
      throw unusable(index, name, "%s lists no tensor of this name.", index.getFileName());
    }
    return file;
  }

  private static UnusableArtifactException unusable(
      Path index, String tensor, String message, Object file) {
    return new UnusableArtifactException(
        Problem.at(
            index.toString(),
            "tensors-malformed",
            tensor,
            message.formatted(file),
            "Fetch all of the model's files again."));
  }

  @Override
  public void close() {
    files.values().forEach(Safetensors::close);
  }
}
