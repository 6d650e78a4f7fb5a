package io.holdfast.cli.display;

import io.holdfast.contracts.corpus.CorpusOverlap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What held-out text there is in training text, as text. */
final class LeakageText {

  private LeakageText() {}

  static List<String> lines(List<CorpusOverlap> overlaps) {
    List<String> lines = new ArrayList<>();
    for (CorpusOverlap overlap : overlaps) {
      if (overlap.leaked() > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "Leakage: training text of %s holds %d of %d test documents of %s too (%.2g %%).",
                overlap.trained(),
                overlap.leaked(),
                overlap.documents(),
                overlap.heldOut(),
                100 * overlap.share()));
      }
    }
    if (lines.isEmpty() && !overlaps.isEmpty()) {
      lines.add("Leakage: no test document was found in training text.");
    }
    lines.addFirst("");
    return lines.size() == 1 ? List.of() : lines;
  }
}
