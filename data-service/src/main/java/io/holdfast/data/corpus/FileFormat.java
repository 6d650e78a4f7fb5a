package io.holdfast.data.corpus;

import java.util.Locale;
import java.util.Set;

/** What a file holds, as its name says. */
enum FileFormat {
  /** One JSON object a line. */
  JSONL,
  /** One document. */
  TEXT,
  /** A format whose bytes would be read as nonsense, or not as the user means. */
  UNSUPPORTED;

  private static final Set<String> JSON_LINES = Set.of(".jsonl", ".ndjson");
  private static final Set<String> REFUSED =
      Set.of(
          ".json",
          ".parquet",
          ".arrow",
          ".avro",
          ".csv",
          ".tsv",
          ".zip",
          ".tar",
          ".tgz",
          ".7z",
          ".rar",
          ".bz2",
          ".xz",
          ".lz4",
          ".pdf",
          ".docx",
          ".epub",
          ".bin",
          ".idx");

  static FileFormat of(String name) {
    String ending = ending(name);
    if (JSON_LINES.contains(ending)) {
      return JSONL;
    }
    return REFUSED.contains(ending) ? UNSUPPORTED : TEXT;
  }

  /** The name's ending in lower case, compression aside: {@code .jsonl} of {@code a.JSONL.gz}. */
  static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String inner = Decompression.of(lower).inner(lower);
    String file = inner.substring(inner.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? "" : file.substring(dot);
  }
}
