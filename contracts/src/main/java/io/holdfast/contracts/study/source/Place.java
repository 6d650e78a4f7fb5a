package io.holdfast.contracts.study.source;

/**
 * Where something stands.
 *
 * @param path dotted, such as {@code stages.fine_tune.learning_rate[1]}; empty for the whole text
 * @param line 1-based; 0 where there are no lines
 * @param file the file, when it is not the study's own; null otherwise
 */
public record Place(String path, int line, String file) {

  /** A place in the study's own text. */
  public Place(String path, int line) {
    this(path, line, null);
  }

  /** Place of a key's value; it is where the key is written. */
  public Place key(String key, int keyLine) {
    return new Place(path.isEmpty() ? key : path + "." + key, keyLine, file);
  }

  /** Place of a list's element. */
  public Place element(int index, int elementLine) {
    return new Place("%s[%d]".formatted(path, index), elementLine, file);
  }

  /** The same place of a text that lies in another file. */
  public Place in(String otherFile) {
    return new Place(path, line, otherFile);
  }

  /** Where this lies once {@code root}, which is around it, is put somewhere else as a whole. */
  Place moved(Place root, Place to) {
    String below = path.substring(root.path.length());
    boolean first = to.path.isEmpty() && below.startsWith(".");
    return new Place(to.path + (first ? below.substring(1) : below), to.line, to.file);
  }
}
