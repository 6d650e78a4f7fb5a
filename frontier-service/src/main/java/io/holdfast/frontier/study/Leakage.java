package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.HeldOutOverlap;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.StudyFile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Held-out text that is trained on, beyond what the study allows. */
final class Leakage {

  private final Inspection inspection;
  private final double allowed;

  private Leakage(Inspection inspection, double allowed) {
    this.inspection = inspection;
    this.allowed = allowed;
  }

  /**
   * What is over the limit: all that one pipeline trains on, and single corpora of which no such
   * problem speaks. One corpus's share may be within the limit and that of all of them beyond it.
   */
  static List<Problem> problems(StudyFile study, Inspection inspection) {
    return new Leakage(inspection, study.rules().leakage()).problems();
  }

  private List<Problem> problems() {
    List<UnionOverlap> unions =
        inspection.unions().stream()
            .filter(this::tooMuch)
            // Where one corpus alone holds as much, its own problem says it better.
            .filter(union -> parts(union).allMatch(part -> part.leaked() < union.leaked()))
            .toList();
    Stream<CorpusOverlap> pairs =
        inspection.overlaps().stream()
            .filter(this::tooMuch)
            .filter(
                pair -> unions.stream().noneMatch(union -> parts(union).anyMatch(pair::equals)));
    return Stream.concat(pairs.map(this::problem), unions.stream().map(this::problem)).toList();
  }

  private boolean tooMuch(HeldOutOverlap overlap) {
    return overlap.share() > allowed;
  }

  /** The corpora of a union, one by one. */
  private Stream<CorpusOverlap> parts(UnionOverlap union) {
    return inspection.overlaps().stream()
        .filter(
            pair ->
                pair.heldOut().equals(union.heldOut()) && union.trained().contains(pair.trained()));
  }

  private Problem problem(CorpusOverlap overlap) {
    return problem(overlap, "Training text of " + overlap.trained() + " holds", "");
  }

  private Problem problem(UnionOverlap union) {
    String contributions =
        parts(union)
            .filter(part -> part.leaked() > 0)
            .map(part -> part.trained() + " " + percent(part.share()))
            .collect(Collectors.joining(", "));
    return problem(
        union,
        "Training text of " + String.join(", ", union.trained()) + ", taken together, holds",
        " One by one: " + (contributions.isEmpty() ? "nothing" : contributions) + ".");
  }

  private Problem problem(HeldOutOverlap overlap, String holds, String more) {
    return Problem.at(
        "corpora." + overlap.heldOut(),
        "leakage",
        "%d of %d test documents".formatted(overlap.leaked(), overlap.documents()),
        "%s %s of this test split too (%d word by word, %d nearly), such as %s; the study allows %s.%s"
            .formatted(
                holds,
                percent(overlap.share()),
                overlap.duplicates(),
                overlap.nearDuplicates(),
                overlap.example(),
                percent(allowed),
                more),
        String.format(
            Locale.ROOT,
            "Give documents that belong together one group, train on a smaller part, or say"
                + " leakage: %.2f to allow it.",
            Math.ceil(100 * overlap.share()) / 100));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2g %%", 100 * share);
  }
}
