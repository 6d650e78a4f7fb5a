package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that hold a model's weights: {@code model.safetensors}, or its shards. */
final class WeightFiles {

  static final String SINGLE = "model.safetensors";

  /** What {@code save_pretrained} writes by default. */
  static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private WeightFiles() {}

  /**
   * Names of the files, the index among them; empty when there are none.
   *
   * @throws UnusableArtifactException when there is an index that cannot be used
   */
  static List<String> in(Path directory) {
    // In transformers' order: the single file wins.
    if (Files.exists(directory.resolve(SINGLE))) {
      return List.of(SINGLE);
    }
    Path index = directory.resolve(WeightIndex.NAME);
    if (!Files.exists(index)) {
      return List.of();
    }
    List<String> files = new ArrayList<>(WeightIndex.read(index).files());
    files.add(WeightIndex.NAME);
    return files;
  }

  /** Whether a file of a checkpoint without the single file holds weights, or says which do. */
  static boolean mayBePart(String file) {
    boolean weights = file.endsWith(".safetensors") && !file.contains("/");
    return file.equals(WeightIndex.NAME)
        || weights
            && !file.equals(CheckpointDirectory.OPTIMIZER)
            && !file.equals(CheckpointDirectory.BEST_WEIGHTS);
  }

  /**
   * Maps the weights; nothing but safetensors is ever opened.
   *
   * @throws UnusableArtifactException when there are none, or they are malformed
   */
  static TensorSource open(Path directory) {
    if (in(directory).isEmpty()) {
      throw pickle(directory).map(WeightFiles::refused).orElseGet(() -> missing(directory));
    }
    Path single = directory.resolve(SINGLE);
    return Files.exists(single)
        ? Safetensors.open(single)
        : ShardedTensors.open(directory.resolve(WeightIndex.NAME));
  }

  private static Optional<Path> pickle(Path directory) {
    try (DirectoryStream<Path> pickles =
        Files.newDirectoryStream(directory, "*.{bin,pt,pth,ckpt,pkl,pickle}")) {
      for (Path file : pickles) {
        return Optional.of(file);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageException(directory, "list", e);
    }
  }

  private static UnusableArtifactException refused(Path pickle) {
    return new UnusableArtifactException(
        Problem.at(
            pickle.toString(),
            "pickle-refused",
            null,
            "The weights are a pickle, which runs its author's code when it is opened.",
            "Have them saved as safetensors, as save_pretrained does since transformers 4.34."));
  }

  private static UnusableArtifactException missing(Path directory) {
    return new UnusableArtifactException(
        Problem.at(
            directory.toString(),
            "weights-missing",
            null,
            "The directory has neither %s nor %s.".formatted(SINGLE, WeightIndex.NAME),
            "Use a Hugging Face model directory with its weights."));
  }

  /**
   * Writes the weights: into one file, or into shards with an index when they are larger.
   *
   * @param shardBytes most bytes of tensors in a file; a larger tensor has a file of its own
   */
  static void write(Path directory, List<NamedTensor> tensors, long shardBytes) throws IOException {
    List<List<NamedTensor>> shards = split(tensors, shardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.write(directory.resolve(SINGLE), tensors, METADATA);
      return;
    }
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafetensorsWriter.write(directory.resolve(file), shards.get(i), METADATA);
      shards.get(i).forEach(tensor -> files.put(tensor.name(), file));
    }
    long bytes = tensors.stream().mapToLong(NamedTensor::bytes).sum();
    CheckpointDirectory.writeJson(
        directory.resolve(WeightIndex.NAME), new WeightIndex(files).toJson(bytes));
  }

  /** In the given order, as many tensors to a shard as fit. */
  private static List<List<NamedTensor>> split(List<NamedTensor> tensors, long shardBytes) {
    List<List<NamedTensor>> shards = new ArrayList<>();
    long bytes = 0;
    for (NamedTensor tensor : tensors) {
      if (shards.isEmpty() || bytes + tensor.bytes() > shardBytes) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.getLast().add(tensor);
      bytes += tensor.bytes();
    }
    return shards;
  }
}
