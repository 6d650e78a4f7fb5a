package io.holdfast.data.corpus;

/** Documents of a split and the UTF-8 bytes of their text. */
public record SplitCount(long documents, long bytes) {

  static final SplitCount NONE = new SplitCount(0, 0);

  SplitCount plus(long moreBytes) {
    return new SplitCount(documents + 1, bytes + moreBytes);
  }
}
