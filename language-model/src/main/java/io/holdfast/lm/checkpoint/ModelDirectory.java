package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.model.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model on disk: a checkpoint of Holdfast's, or anybody's Hugging Face Llama. */
public sealed interface ModelDirectory permits CheckpointDirectory, ImportedModel {

  /** Artifact path of a user's model, by its id. */
  static String artifact(String id) {
    return "models/" + id;
  }

  /**
   * Opens a model. Holdfast's own are verified against their checksums; others, which have none,
   * are checked for being a Llama that the engine can run.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when it is missing, incomplete or
   *     malformed, or no such model
   */
  static ModelDirectory open(Path path) {
    // A checkpoint that lost its marker is no longer known to be whole: it stays a checkpoint.
    boolean foreign =
        CheckpointDirectory.isForeign(path) && Files.exists(path.resolve(LlamaConfig.FILE));
    return foreign ? ImportedModel.open(path) : CheckpointDirectory.open(path).verify();
  }

  Path path();

  Architecture architecture();

  /** The weights; the caller closes them. */
  TensorSource weights();

  /**
   * Path of its {@code tokenizer.json}.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when there is none
   */
  Path tokenizer();

  /** SHA-256 of its {@code tokenizer.json}. */
  String tokenizerSha256();

  /**
   * Token id between documents.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when its configuration names none
   */
  int endOfText();

  /** What its content hashes to: 64 lower-case hexadecimal digits. */
  String sha256();
}
