package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A {@code LlamaForCausalLM} in Hugging Face's layout that Holdfast did not write: {@code
 * config.json} and safetensors, in one file or in shards, of fp32, bf16 or fp16. Only numbers and
 * JSON are read, so opening one runs nobody's code.
 */
public final class ImportedModel implements ModelDirectory {

  private final Path directory;
  private final Architecture architecture;

  private ImportedModel(Path directory, Architecture architecture) {
    this.directory = directory;
    this.architecture = architecture;
  }

  /**
   * Opens a directory after checking that it holds exactly a Llama's tensors. No weight is read but
   * a tied model's second copy of its embeddings.
   *
   * @throws UnusableArtifactException when it is missing or malformed, another kind of model, or
   *     its weights are pickles
   */
  public static ImportedModel open(Path directory) {
    ImportedModel model =
        new ImportedModel(directory, LlamaConfig.read(directory.resolve(LlamaConfig.FILE)));
    try (TensorSource weights = model.weights()) {
      new LlamaCheck(model.architecture, weights).run();
    }
    return model;
  }

  /**
   * Everything for which {@link #open} would refuse a directory, as far as it can be told at once;
   * empty when it would not.
   */
  public static List<Problem> problems(Path directory) {
    Path config = directory.resolve(LlamaConfig.FILE);
    Refusals refusals = new Refusals();
    LlamaConfig.check(config, refusals);
    boolean readable = refusals.problems().isEmpty();
    refusals.pass(
        () -> {
          try (TensorSource weights = WeightFiles.open(directory)) {
            if (readable) {
              new LlamaCheck(LlamaConfig.read(config), weights).run(refusals);
            }
          }
        });
    return refusals.problems();
  }

  @Override
  public Path path() {
    return directory;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public TensorSource weights() {
    return WeightFiles.open(directory);
  }

  @Override
  public Path tokenizer() {
    Path file = directory.resolve(TokenizerFiles.TOKENIZER);
    if (!Files.isRegularFile(file)) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "tokenizer-missing",
              null,
              "The model has no tokenizer.json.",
              "Have its tokenizer saved as a fast one, which writes tokenizer.json."));
    }
    return file;
  }

  @Override
  public String tokenizerSha256() {
    return digest(tokenizer()).sha256();
  }

  @Override
  public int endOfText() {
    return LlamaConfig.endOfText(directory.resolve(LlamaConfig.FILE));
  }

  /** Token id that its configuration ends texts with, if it names one. */
  public OptionalInt configuredEndOfText() {
    return LlamaConfig.configuredEndOfText(ConfigFields.read(directory.resolve(LlamaConfig.FILE)));
  }

  /**
   * SHA-256 over the hashes of the files that decide what the model computes: configuration,
   * weights and tokenizer. Reads all of them.
   */
  @Override
  public String sha256() {
    return sha256(digests());
  }

  /** The model's hash, from those of its files. */
  public static String sha256(Map<String, FileDigest> digests) {
    Map<String, String> hashes = new TreeMap<>();
    digests.forEach((name, digest) -> hashes.put(name, digest.sha256()));
    return Json.sha256(hashes);
  }

  /** The files that decide what the model computes, by name. Reads all of them. */
  public Map<String, FileDigest> digests() {
    Map<String, FileDigest> digests = new TreeMap<>();
    files().forEach(name -> digests.put(name, digest(directory.resolve(name))));
    return digests;
  }

  /** Names of the files that decide what the model computes. */
  public List<String> files() {
    List<String> names = new ArrayList<>(WeightFiles.in(directory));
    names.add(LlamaConfig.FILE);
    names.add(TokenizerFiles.TOKENIZER);
    return names.stream().filter(name -> Files.exists(directory.resolve(name))).sorted().toList();
  }

  private static FileDigest digest(Path file) {
    try {
      return FileDigest.of(file);
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }
}
