package io.holdfast.frontier.report;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Panels;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.Section;
import java.util.ArrayList;
import java.util.List;

/** The papers' figures: losses along knobs, fronts in two planes, and before against after. */
final class FigureSection {

  private static final String MARKS =
      " Bars show one standard error of the held-out loss; shapes tell the seeds.";

  private FigureSection() {}

  static Section of(ReportedStudy reported) {
    List<Drawing> drawings = new ArrayList<>(SweepFigures.of(reported.sweeps()));
    for (StudyFigures figure : StudyFigures.values()) {
      Figure drawn = figure.of(reported.study());
      drawings.add(
          new Drawing(
              figure.word(),
              new Panels(figure.title(), drawn.description() + MARKS, List.of(drawn))));
    }
    return Section.of("Figures", drawings);
  }
}
