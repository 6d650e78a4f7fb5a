package io.holdfast.lm.weights;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A model's tokenizer.
 *
 * @param file a {@code tokenizer.json}
 * @param endOfText token id between documents
 * @param sha256 of the file's content
 */
public record TokenizerFile(Path file, int endOfText, String sha256) {

  public TokenizerFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** Whether two models read the same token ids. */
  boolean means(TokenizerFile other) {
    return sha256.equals(other.sha256) && endOfText == other.endOfText;
  }
}
