package io.holdfast.contracts.study.source;

/**
 * Where something stands in a text.
 *
 * @param path dotted, such as {@code stages.fine_tune.learning_rate[1]}; empty for the whole text
 * @param line 1-based
 */
public record Place(String path, int line) {

  /** Place of a key's value; it is where the key is written. */
  public Place key(String key, int keyLine) {
    return new Place(path.isEmpty() ? key : path + "." + key, keyLine);
  }

  /** Place of a list's element. */
  public Place element(int index, int elementLine) {
    return new Place("%s[%d]".formatted(path, index), elementLine);
  }
}
