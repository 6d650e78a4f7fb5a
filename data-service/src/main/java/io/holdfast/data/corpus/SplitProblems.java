package io.holdfast.data.corpus;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be wrong with the shares of a corpus that are held out. */
final class SplitProblems {

  private SplitProblems() {}

  /** Problems of the shares themselves. */
  static List<Problem> ofShares(String place, CorpusDefinition corpus) {
    List<Problem> problems = new ArrayList<>();
    checkShare(place + ".dev", corpus.dev(), problems);
    checkShare(place + ".test", corpus.test(), problems);
    if (problems.isEmpty() && corpus.dev() + corpus.test() >= 1) {
      problems.add(
          Problem.at(
              place,
              "corpus-split-shares",
              "dev " + corpus.dev() + ", test " + corpus.test(),
              "Nothing would be left to train on.",
              "Choose dev and test so that their sum is below 1, such as 0.05 each."));
    }
    return problems;
  }

  private static void checkShare(String place, double share, List<Problem> problems) {
    if (!(share >= 0 && share < 1)) {
      problems.add(
          Problem.at(
              place,
              "corpus-split-shares",
              share,
              "A held-out share is a fraction of the corpus.",
              "Choose a number from 0 up to but not including 1, such as 0.05."));
    }
  }

  /** Problems of what the shares come to in this corpus. */
  static List<Problem> ofCounts(
      String place, CorpusDefinition corpus, Map<Split, SplitCount> splits) {
    long documents = splits.values().stream().mapToLong(SplitCount::documents).sum();
    List<Problem> problems = new ArrayList<>();
    if (splits.get(Split.TRAIN).documents() == 0) {
      problems.add(
          Problem.at(
              place,
              "corpus-split-too-small",
              documents + " documents",
              "All of the corpus's documents are held out; none is left to train on.",
              "Give more documents or groups, or lower dev and test."));
    }
    checkHeldOut(place + ".dev", corpus.dev(), splits.get(Split.DEV), documents, problems);
    checkHeldOut(place + ".test", corpus.test(), splits.get(Split.TEST), documents, problems);
    return problems;
  }

  private static void checkHeldOut(
      String place, double share, SplitCount split, long documents, List<Problem> problems) {
    int needed = CorpusInspector.MIN_HELD_OUT_DOCUMENTS;
    if (share == 0 || split.documents() >= needed) {
      return;
    }
    problems.add(
        Problem.at(
            place,
            "corpus-split-too-small",
            share,
            "This split would have %d of the corpus's %d documents; at least %d are needed."
                .formatted(split.documents(), documents, needed),
            remedy(share, documents)));
  }

  private static String remedy(double share, long documents) {
    return documents < enough(share)
        ? "Give about %d documents or more, or raise the share%s."
            .formatted(enough(share), raised(documents))
        : "Documents of one group stay together: give more and smaller groups, or raise the share.";
  }

  /** Twice what is needed in expectation, so that the hash's luck rarely matters. */
  private static long enough(double share) {
    return (long) Math.ceil(2 * CorpusInspector.MIN_HELD_OUT_DOCUMENTS / share);
  }

  private static String raised(long documents) {
    double share = 2.0 * CorpusInspector.MIN_HELD_OUT_DOCUMENTS / documents;
    return share < 0.5 ? String.format(Locale.ROOT, " to %.2f", share) : "";
  }
}
