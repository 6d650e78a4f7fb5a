package io.holdfast.cli.display;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.HeldOutOverlap;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.study.StudyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What held-out text there is in training text, as text. */
final class LeakageText {

  private LeakageText() {}

  static List<String> lines(StudyPlan plan) {
    List<String> lines = new ArrayList<>();
    for (CorpusOverlap overlap : plan.overlaps()) {
      if (overlap.leaked() > 0) {
        lines.add(line(overlap, overlap.trained() + " holds"));
      }
    }
    for (UnionOverlap union : plan.unions()) {
      if (addsSomething(union, plan.overlaps())) {
        lines.add(line(union, String.join(", ", union.trained()) + " holds, taken together,"));
      }
    }
    if (lines.isEmpty() && !plan.overlaps().isEmpty()) {
      lines.add("Leakage: no test document was found in training text.");
    }
    lines.addFirst("");
    return lines.size() == 1 ? List.of() : lines;
  }

  /** Whether it holds more than the one of its corpora that holds most. */
  private static boolean addsSomething(UnionOverlap union, List<CorpusOverlap> overlaps) {
    return overlaps.stream()
        .filter(
            one -> one.heldOut().equals(union.heldOut()) && union.trained().contains(one.trained()))
        .allMatch(one -> one.leaked() < union.leaked());
  }

  private static String line(HeldOutOverlap overlap, String holds) {
    return String.format(
        Locale.ROOT,
        "Leakage: training text of %s %d of %d test documents of %s too (%.2g %%).",
        holds,
        overlap.leaked(),
        overlap.documents(),
        overlap.heldOut(),
        100 * overlap.share());
  }
}
