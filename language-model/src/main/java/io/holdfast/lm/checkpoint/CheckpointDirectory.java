package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.DurableDirectory.Publication;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A published checkpoint: a Hugging Face Llama directory, which a resumable one extends by the
 * optimizer's and the trainer's state.
 */
public final class CheckpointDirectory implements ModelDirectory {

  /** The weights of a model that is small enough for one file. */
  public static final String WEIGHTS = WeightFiles.SINGLE;

  public static final String OPTIMIZER = "optimizer.safetensors";
  public static final String BEST_WEIGHTS = "best.safetensors";
  public static final String STATE = "trainer_state.json";
  public static final String SUMMARY = "training_summary.json";

  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private final DurableDirectory directory;

  private CheckpointDirectory(DurableDirectory directory) {
    this.directory = directory;
  }

  /**
   * Publishes a checkpoint atomically; an intact one of that name is kept.
   *
   * @throws io.holdfast.lm.durable.StorageException when storage refuses; nothing is visible then
   */
  public static Publication save(Path path, CheckpointContents contents) {
    return save(path, contents, WeightFiles.DEFAULT_SHARD_BYTES);
  }

  /**
   * Publishes a checkpoint whose weights are in shards when they are large.
   *
   * @param shardBytes most bytes of weights in a file
   */
  public static Publication save(Path path, CheckpointContents contents, long shardBytes) {
    return DurableDirectory.publish(path, directory -> write(directory, contents, shardBytes));
  }

  private static void write(Path directory, CheckpointContents contents, long shardBytes)
      throws IOException {
    WeightFiles.write(directory, contents.weights(), shardBytes);
    writeJson(
        directory.resolve(LlamaConfig.FILE),
        LlamaConfig.of(contents.architecture(), contents.endOfText()));
    writeJson(
        directory.resolve("generation_config.json"), LlamaConfig.generation(contents.endOfText()));
    TokenizerFiles.write(
        directory,
        contents.tokenizer(),
        contents.endOfText(),
        contents.architecture().maxSequenceLength());
    writeJson(directory.resolve(SUMMARY), contents.summary());
    writeText(
        directory.resolve("README.md"), ModelCard.of(contents.architecture(), contents.summary()));
    if (contents.adapter() != null) {
      contents.adapter().write(directory.resolve(AdapterContents.DIRECTORY));
    }
    if (!contents.optimizer().isEmpty()) {
      SafetensorsWriter.write(directory.resolve(OPTIMIZER), contents.optimizer(), METADATA);
    }
    if (contents.resume() != null) {
      writeResume(directory, contents.resume());
    }
  }

  private static void writeResume(Path directory, CheckpointContents.Resume resume)
      throws IOException {
    SafetensorsWriter.write(directory.resolve(OPTIMIZER), resume.optimizer(), METADATA);
    if (!resume.bestWeights().isEmpty()) {
      SafetensorsWriter.write(directory.resolve(BEST_WEIGHTS), resume.bestWeights(), METADATA);
    }
    writeJson(directory.resolve(STATE), resume.state());
  }

  static void writeJson(Path file, JsonNode json) throws IOException {
    writeText(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private static void writeText(Path file, String text) throws IOException {
    try (var channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Storage.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Opens a checkpoint after checking that it is complete.
   *
   * @throws UnusableArtifactException when it is missing or incomplete
   */
  public static CheckpointDirectory open(Path path) {
    CheckpointDirectory checkpoint = new CheckpointDirectory(DurableDirectory.open(path));
    checkpoint.weightFiles().forEach(checkpoint.directory::digest);
    return checkpoint;
  }

  private List<String> weightFiles() {
    List<String> files = WeightFiles.in(path());
    return files.isEmpty() ? List.of(WEIGHTS) : files;
  }

  /** Whether nothing about a directory says that Holdfast wrote it. */
  static boolean isForeign(Path path) {
    return !DurableDirectory.isMarked(path) && !Files.exists(path.resolve(SUMMARY));
  }

  /**
   * Reads every byte and compares checksums.
   *
   * @throws UnusableArtifactException when a file is not what was published
   */
  public CheckpointDirectory verify() {
    directory.verify();
    return this;
  }

  @Override
  public Path path() {
    return directory.path();
  }

  /**
   * SHA-256 of {@code model.safetensors} as published; of a sharded model's, the hash of its files'
   * hashes.
   */
  @Override
  public String sha256() {
    return sha256(weightFiles(), directory::digest);
  }

  /**
   * What {@link #sha256} says of a checkpoint of which only the listing is here.
   *
   * @param files size and checksum by file name, as published
   * @return empty when no weights are listed
   */
  public static Optional<String> sha256(Map<String, FileDigest> files) {
    if (files.containsKey(WEIGHTS)) {
      return Optional.of(files.get(WEIGHTS).sha256());
    }
    List<String> shards = files.keySet().stream().filter(WeightFiles::mayBePart).toList();
    return shards.isEmpty() ? Optional.empty() : Optional.of(sha256(shards, files::get));
  }

  private static String sha256(List<String> files, Function<String, FileDigest> published) {
    if (files.size() == 1) {
      return published.apply(files.getFirst()).sha256();
    }
    Map<String, String> digests = new TreeMap<>();
    files.forEach(file -> digests.put(file, published.apply(file).sha256()));
    return Json.sha256(digests);
  }

  @Override
  public Path tokenizer() {
    directory.digest(TokenizerFiles.TOKENIZER);
    return path().resolve(TokenizerFiles.TOKENIZER);
  }

  @Override
  public String tokenizerSha256() {
    return directory.digest(TokenizerFiles.TOKENIZER).sha256();
  }

  @Override
  public int endOfText() {
    return LlamaConfig.endOfText(path().resolve(LlamaConfig.FILE));
  }

  @Override
  public Architecture architecture() {
    return LlamaConfig.read(path().resolve(LlamaConfig.FILE));
  }

  @Override
  public TensorSource weights() {
    return WeightFiles.open(path());
  }

  /** How the weights came about. */
  public JsonNode summary() {
    return readJson(SUMMARY);
  }

  /** Whether training can go on from here. */
  public boolean resumable() {
    return directory.files().containsKey(STATE);
  }

  /** Whether the optimizer's state is kept here. */
  public boolean keepsOptimizer() {
    return directory.files().containsKey(OPTIMIZER);
  }

  /** The optimizer's state, where it is kept; the caller closes it. */
  public Safetensors optimizer() {
    directory.digest(OPTIMIZER);
    return Safetensors.open(path().resolve(OPTIMIZER));
  }

  /** The weights that early stopping would return to; the caller closes them. */
  public Optional<Safetensors> bestWeights() {
    return directory.files().containsKey(BEST_WEIGHTS)
        ? Optional.of(Safetensors.open(path().resolve(BEST_WEIGHTS)))
        : Optional.empty();
  }

  /** The trainer's state of a resumable checkpoint. */
  public JsonNode state() {
    return readJson(STATE);
  }

  private JsonNode readJson(String name) {
    directory.digest(name);
    Path file = path().resolve(name);
    try {
      return Json.mapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "checkpoint-unreadable",
              null,
              "The checkpoint's file is not readable JSON.",
              "Remove the checkpoint, so that training goes on from the one before."),
          e);
    }
  }
}
