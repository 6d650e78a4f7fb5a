package io.holdfast.data.registry;

import java.util.List;

/**
 * A tokenizer in the artifact store.
 *
 * @param id hash of what it was trained on, or of the user's file
 * @param vocabSize highest token id plus one
 * @param endOfText id of the token behind every document
 * @param path where the user's file was found; null when it was trained here
 * @param trainedOn ids of the corpora it was trained on; empty for a user's file
 */
public record RegisteredTokenizer(
    String id, int vocabSize, int endOfText, String path, List<String> trainedOn) {

  public RegisteredTokenizer {
    trainedOn = List.copyOf(trainedOn);
  }

  /** Artifact path of the directory of a tokenizer. */
  static String directory(String id) {
    return "tokenizers/" + id;
  }

  /** Artifact path of the {@code tokenizer.json}. */
  public String artifact() {
    return directory(id) + "/tokenizer.json";
  }
}
