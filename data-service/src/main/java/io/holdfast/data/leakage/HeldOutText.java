package io.holdfast.data.leakage;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.PlacedDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * A held-out split to look for in training text: its first documents, in the order in which an
 * evaluation reads them, up to a number of grams.
 */
public final class HeldOutText {

  /** 8 bytes each here, and up to 16 in a scan: far more text than an evaluation reads. */
  static final int MAX_GRAMS = 1_000_000;

  private final List<Held> documents;
  private final Map<OrderKey, Integer> byText = new HashMap<>();

  /** All different grams, ascending. */
  private final long[] grams;

  /** One bit for the top bits of each gram: most grams of other texts end here. */
  private final long[] present;

  private final int shift;

  /**
   * A held-out document.
   *
   * @param grams its different grams
   */
  record Held(OrderKey text, String place, long[] grams) {}

  private HeldOutText(List<Held> documents) {
    this.documents = documents;
    for (int i = 0; i < documents.size(); i++) {
      byText.put(documents.get(i).text(), i);
    }
    this.grams =
        documents.stream()
            .flatMapToLong(held -> LongStream.of(held.grams()))
            .sorted()
            .distinct()
            .toArray();
    // From 16 to 32 bits a gram.
    int bits = 68 - Long.numberOfLeadingZeros(Math.max(16, grams.length));
    this.shift = 64 - bits;
    this.present = new long[1 << (bits - 6)];
    for (long gram : grams) {
      present[word(gram)] |= 1L << (gram >>> shift);
    }
  }

  private int word(long gram) {
    return (int) (gram >>> shift >>> 6);
  }

  List<Held> documents() {
    return documents;
  }

  /** Index of the document with exactly this text, or -1. */
  int exactly(OrderKey text) {
    return byText.getOrDefault(text, -1);
  }

  /** Index of a gram, or negative when no document has it. */
  int indexOf(long gram) {
    return (present[word(gram)] & 1L << (gram >>> shift)) == 0
        ? -1
        : Arrays.binarySearch(grams, gram);
  }

  int grams() {
    return grams.length;
  }

  /** Takes the documents of a split in any order and keeps its first. */
  public static final class Builder {

    private final int maxGrams;
    private final PriorityQueue<Held> kept =
        new PriorityQueue<>(Comparator.comparing(Held::text).reversed());
    private long size;

    public Builder() {
      this(MAX_GRAMS);
    }

    Builder(int maxGrams) {
      this.maxGrams = maxGrams;
    }

    public void add(PlacedDocument document) {
      LongStream.Builder hashes = LongStream.builder();
      WordGrams.forEach(document.document().text(), hashes);
      long[] different = hashes.build().sorted().distinct().toArray();
      if (different.length == 0) {
        return;
      }
      kept.add(new Held(document.order(), document.document().place(), different));
      size += different.length;
      while (size > maxGrams && kept.size() > 1) {
        size -= kept.remove().grams().length;
      }
    }

    public HeldOutText build() {
      List<Held> ordered = new ArrayList<>(kept);
      ordered.sort(Comparator.comparing(Held::text));
      return new HeldOutText(ordered);
    }
  }
}
