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
    return digest(tokenizer());
  }

  @Override
  public int endOfText() {
    return LlamaConfig.endOfText(directory.resolve(LlamaConfig.FILE));
  }

  /**
   * SHA-256 over the hashes of the files that decide what the model computes: configuration,
   * weights and tokenizer. Reads all of them.
   */
  @Override
  public String sha256() {
    List<String> names = new ArrayList<>(WeightFiles.in(directory));
    names.add(LlamaConfig.FILE);
    names.add(TokenizerFiles.TOKENIZER);
    Map<String, String> digests = new TreeMap<>();
    for (String name : names) {
      if (Files.exists(directory.resolve(name))) {
        digests.put(name, digest(directory.resolve(name)));
      }
    }
    return Json.sha256(digests);
  }

  private static String digest(Path file) {
    try {
      return FileDigest.of(file).sha256();
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }
}
