package io.holdfast.data.leakage;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.leakage.HeldOutText.Held;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for one held-out split in training documents, one after the other. A held-out document is a
 * duplicate when some training document has exactly its text, and a near duplicate when at least
 * {@link #NEAR} of its different grams occur anywhere in the training documents.
 */
public final class OverlapScan {

  /** Four of five grams: a copy with a few words changed, not a common phrase. */
  static final double NEAR = 0.8;

  private final HeldOutText heldOut;
  private final double part;
  private final BitSet found;
  private final BitSet exact;

  /**
   * @param part the first share of the training split's documents that is trained on; 1 for all
   */
  public OverlapScan(HeldOutText heldOut, double part) {
    this.part = part;
    this.heldOut = heldOut;
    this.found = new BitSet(heldOut.grams());
    this.exact = new BitSet(heldOut.documents().size());
  }

  /**
   * What came of it.
   *
   * @param documents held-out documents that were looked for
   * @param duplicates of them, those that a training document repeats word by word
   * @param nearDuplicates of the others, those most of whose grams were found
   * @param example where one of them stands, or null when there is none
   */
  public record Overlap(long documents, long duplicates, long nearDuplicates, String example) {}

  /** Looks into a training document for all that are looked for there; its words are read once. */
  public static void add(PlacedDocument document, List<OverlapScan> scans) {
    List<OverlapScan> here = scans.stream().filter(scan -> scan.isTrained(document)).toList();
    if (here.isEmpty()) {
      return;
    }
    here.forEach(scan -> scan.text(document.order()));
    WordGrams.forEach(document.document().text(), gram -> here.forEach(scan -> scan.gram(gram)));
  }

  /**
   * Order keys are uniform, so the first share of a split's documents is that share of the keys.
   */
  private boolean isTrained(PlacedDocument document) {
    return (document.order().high() >>> 11) * 0x1.0p-53 < part;
  }

  private void text(OrderKey text) {
    int same = heldOut.exactly(text);
    if (same >= 0) {
      exact.set(same);
    }
  }

  private void gram(long gram) {
    int index = heldOut.indexOf(gram);
    if (index >= 0) {
      found.set(index);
    }
  }

  /** What was found so far. */
  public Overlap overlap() {
    long near = 0;
    String example = null;
    for (int i = 0; i < heldOut.documents().size(); i++) {
      Held held = heldOut.documents().get(i);
      boolean isNear = !exact.get(i) && contained(held) >= NEAR;
      near += isNear ? 1 : 0;
      example = example == null && (isNear || exact.get(i)) ? held.place() : example;
    }
    return new Overlap(heldOut.documents().size(), exact.cardinality(), near, example);
  }

  /** The share of a document's different grams that was found. */
  private double contained(Held held) {
    long present = 0;
    for (long gram : held.grams()) {
      present += found.get(heldOut.indexOf(gram)) ? 1 : 0;
    }
    return (double) present / held.grams().length;
  }
}
