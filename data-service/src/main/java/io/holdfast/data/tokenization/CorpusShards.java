package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.Split;
import java.util.Locale;

/**
 * Where a corpus's token shards for a tokenizer lie in the artifact store.
 *
 * @param corpus corpus id
 * @param tokenizer tokenizer id
 */
public record CorpusShards(String corpus, String tokenizer) {

  /** Digits of each id in the directory's name: 64 bits of each. */
  private static final int DIGITS = 16;

  public CorpusShards {
    if (corpus.length() < DIGITS || tokenizer.length() < DIGITS) {
      throw new IllegalArgumentException("ids are hashes: " + corpus + ", " + tokenizer);
    }
  }

  /** Artifact path of the directory. */
  public String directory() {
    return "shards/%s-%s".formatted(corpus.substring(0, DIGITS), tokenizer.substring(0, DIGITS));
  }

  /** Artifact path of one split, without {@code .bin}/{@code .idx}. */
  public String of(Split split) {
    return directory() + "/" + name(split);
  }

  /** The split as paths and messages call it. */
  public static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }
}
