package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Code;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a colleague needs to get the same numbers, and to see that they are the same. */
final class ReproduceSection {

  private ReproduceSection() {}

  static Section of(ReportedStudy reported, Software software) {
    StudySnapshot study = reported.study();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Written by %s. Save the study below as %s.yaml in a clone of Holdfast%s and run it there:"
                .formatted(
                    software.words(),
                    study.name(),
                    software.commit() == null ? "" : " at that commit")));
    blocks.add(new Code("sh", "./holdfast run %s.yaml".formatted(study.name())));
    blocks.add(
        new Paragraph(
            "Corpora of your own must lie where the study says. Equal data have equal ids, equal"
                + " stages too; on the same kind of CPU equal stages end in the same weights, and"
                + " the SHA-256 above must come out again. The random numbers of the bootstrap have"
                + " a fixed seed, so equal points give equal statistics."));
    blocks.add(identities(reported));
    blocks.add(new Code("yaml", study.source()));
    return Section.of("Reproduce", blocks);
  }

  private static Table identities(ReportedStudy reported) {
    StudySnapshot study = reported.study();
    Table table = new Table("Identities").text("what").code("id");
    table.row("study", study.id());
    reported.beside().forEach(other -> table.row("study beside it", other.id()));
    table.row(
        "seeds",
        study.lineages().stream()
            .map(lineage -> lineage.seed())
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", ")));
    if (study.plan().base() != null) {
      table.row("model to start from: " + study.plan().base().name(), study.plan().base().id());
    }
    table.row("tokenizer", study.stages().getFirst().spec().tokenizer());
    for (CorpusSnapshot corpus : study.corpora()) {
      table.row("corpus " + corpus.name(), corpus.found().id());
    }
    return table;
  }
}
