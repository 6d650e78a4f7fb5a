package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Bullets;
import io.holdfast.frontier.report.document.Block.Heading;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The question answered first, in plain words and with how sure that is. */
final class AnswerSection {

  private AnswerSection() {}

  static Section of(StudySnapshot study, StudyStatistics statistics) {
    List<Block> blocks = new ArrayList<>();
    if (statistics.seeds() > 0 && !statistics.verdicts().isEmpty()) {
      blocks.add(new Paragraph(inShort(statistics)));
    }
    Verdict verdict = Verdict.on(study);
    verdict.statements().forEach(statement -> blocks.add(new Paragraph(statement)));
    if (!verdict.cautions().isEmpty()) {
      blocks.add(new Heading("Keep in mind"));
      blocks.add(new Bullets(verdict.cautions()));
    }
    return new Section("Answer", Section.Tone.ANSWER, blocks);
  }

  /** Every claim by its outcome, with effect and interval. */
  private static String inShort(StudyStatistics statistics) {
    List<ClaimVerdict> verdicts = statistics.verdicts();
    StringBuilder text =
        new StringBuilder(
            "%s tested on %s: %s."
                .formatted(
                    verdicts.size() == 1 ? "One claim was" : verdicts.size() + " claims were",
                    Wording.seeds(statistics.seeds()),
                    ClaimLines.counts(verdicts)));
    for (Outcome outcome : Outcome.values()) {
      String claims =
          verdicts.stream()
              .filter(verdict -> verdict.outcome() == outcome)
              .map(verdict -> "%s (%s)".formatted(verdict.says(), ClaimLines.evidence(verdict)))
              .collect(Collectors.joining("; "));
      if (!claims.isEmpty()) {
        text.append(" ").append(opening(outcome)).append(claims).append('.');
      }
    }
    return text.toString();
  }

  private static String opening(Outcome outcome) {
    return switch (outcome) {
      case SUPPORTED -> "The results support that ";
      case CONTRADICTED -> "They contradict that ";
      case INCONCLUSIVE -> "They leave open whether ";
    };
  }
}
