package io.holdfast.data.leakage;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.PlacedDocument;
import java.util.BitSet;
import java.util.List;

/** Looks for one held-out split in training documents, one after the other. */
public final class OverlapScan {

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

  /** What was seen so far. */
  public Sightings sightings() {
    return Sightings.of(exact, found);
  }
}
