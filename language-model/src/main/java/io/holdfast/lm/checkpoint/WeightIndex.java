package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * @param fileByTensor shard file names by tensor name
 */
record WeightIndex(Map<String, String> fileByTensor) {

  static final String NAME = "model.safetensors.index.json";

  /** Far above the index of the largest Llama, which has some thousand tensors. */
  private static final long MAX_BYTES = 2 << 20;

  private static final int MAX_FILES = 1_000;

  /** A plain name of the right kind: nothing outside the directory, and no pickle. */
  private static final Pattern SHARD =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.safetensors");

  WeightIndex {
    fileByTensor = Map.copyOf(fileByTensor);
  }

  Set<String> files() {
    return new TreeSet<>(fileByTensor.values());
  }

  /**
   * Reads an index as untrusted input.
   *
   * @throws UnusableArtifactException when it is none, or lists what is no shard beside it
   */
  static WeightIndex read(Path path) {
    Map<String, String> files = new TreeMap<>();
    for (var entry : weightMap(path).properties()) {
      String file = entry.getValue().isTextual() ? entry.getValue().textValue() : "";
      if (!SHARD.matcher(file).matches()) {
        throw unusable(
            path,
            entry.getValue().toString(),
            "The index names what is no safetensors file beside it.",
            null);
      }
      files.put(entry.getKey(), file);
    }
    WeightIndex index = new WeightIndex(files);
    if (index.files().isEmpty() || index.files().size() > MAX_FILES) {
      throw unusable(path, null, "The index lists no shards, or more than any model has.", null);
    }
    return index;
  }

  private static JsonNode weightMap(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw unusable(path, null, "The file is too large for an index of shards.", null);
      }
      JsonNode map = Json.mapper().readTree(path.toFile()).path("weight_map");
      if (!map.isObject()) {
        throw unusable(path, null, "The index has no weight_map.", null);
      }
      return map;
    } catch (IOException e) {
      throw unusable(path, null, "The index cannot be read.", e);
    }
  }

  /** The index as Hugging Face writes it. */
  ObjectNode toJson(long totalBytes) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.putObject("metadata").put("total_size", totalBytes);
    ObjectNode map = json.putObject("weight_map");
    new TreeMap<>(fileByTensor).forEach(map::put);
    return json;
  }

  private static UnusableArtifactException unusable(
      Path path, String value, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            path.toString(),
            "index-unusable",
            value,
            message,
            "Use an intact model directory, with its shards beside the index."),
        cause);
  }
}
