package io.holdfast.frontier.report;

import io.holdfast.figure.Panels;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scaling laws, for studies whose runs vary enough to determine one. */
final class LawSection {

  private LawSection() {}

  static Optional<Section> of(List<StudySnapshot> studies) {
    StudyLaws laws = StudyLaws.of(studies, Fitting.DEFAULT, false);
    if (laws.fitted().isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(Definitions.LAWS));
    for (int i = 0; i < laws.fitted().size(); i++) {
      blocks.add(new Drawing("law-" + (i + 1), Panels.of(LawFigures.of(laws.fitted().get(i)))));
    }
    blocks.add(LawTables.parameters(laws));
    blocks.add(LawTables.quality(laws));
    return Optional.of(Section.of("Scaling laws", blocks));
  }
}
