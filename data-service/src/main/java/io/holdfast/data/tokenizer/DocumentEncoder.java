package io.holdfast.data.tokenizer;

import java.util.List;

/**
 * Encodes documents as the tokenizer's library does, except that a document never contains a
 * special token: text that spells one is encoded as any other text, so no document can end another.
 * Not thread-safe; each thread takes its own from {@link Tokenizer#encoder}.
 */
public interface DocumentEncoder {

  /** Token ids of each document, without an end-of-text token. */
  List<int[]> encode(List<String> documents);
}
