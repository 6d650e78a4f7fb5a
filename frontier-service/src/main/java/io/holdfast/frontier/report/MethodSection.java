package io.holdfast.frontier.report;

import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Block.Terms;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

/** What was trained and measured, for a reader who has never seen such a study. */
final class MethodSection {

  private MethodSection() {}

  static Section of(StudySnapshot study) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(pipeline(study)));
    blocks.add(new Paragraph(Definitions.READING));
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      meanings.put(metric.symbol(), Definitions.of(metric));
    }
    meanings.put("frontier", Definitions.FRONTIER);
    blocks.add(new Terms(meanings));
    return Section.of("How it was done", blocks);
  }

  private static String pipeline(StudySnapshot study) {
    List<String> steps = new ArrayList<>();
    for (StageKind kind : StageKind.values()) {
      List<StageSnapshot> stages =
          study.stages().stream().filter(stage -> stage.spec().kind() == kind).toList();
      if (!stages.isEmpty()) {
        steps.add("%s on %s".formatted(verb(kind), data(study, stages)));
      }
    }
    long seeds = study.lineages().stream().map(l -> l.seed()).distinct().count();
    return "A language model of %s parameters, starting from %s, was %s. %s All of it was done with %s, each with models of its own from the first stage on; that gives %d fine-tuned models. Every model was then scored on text that none was trained on."
        .formatted(
            Numbers.count(study.plan().parameters()),
            study.plan().base() == null ? "random weights" : study.plan().base().name(),
            String.join(", then ", steps),
            recipes(study.recipes()),
            Wording.seeds((int) seeds),
            study.lineages().size());
  }

  private static String verb(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> "pretrained";
      case POST_TRAIN -> "post-trained";
      case FINE_TUNE -> "fine-tuned";
    };
  }

  /** The stages' own corpora, and how many tokens they saw in all. */
  private static String data(StudySnapshot study, List<StageSnapshot> stages) {
    String corpora =
        stages.stream()
            .map(stage -> names(study, stage.spec().mixture()))
            .distinct()
            .collect(Collectors.joining(" or "));
    LongSummaryStatistics tokens =
        stages.stream().mapToLong(StageSnapshot::totalTokens).summaryStatistics();
    return "%s (%s tokens)"
        .formatted(
            corpora,
            tokens.getMin() == tokens.getMax()
                ? Numbers.count(tokens.getMin())
                : "%s to %s"
                    .formatted(Numbers.count(tokens.getMin()), Numbers.count(tokens.getMax())));
  }

  private static String names(StudySnapshot study, MixtureSpec mixture) {
    return mixture.base().stream()
        .map(source -> study.corpusName(source.part()))
        .collect(Collectors.joining(" + "));
  }

  private static String recipes(List<String> recipes) {
    return recipes.size() == 1
        ? "There is one recipe; its settings that vary are below."
        : "%d recipes are compared: %s. The first is what the others are measured against."
            .formatted(recipes.size(), String.join(", ", recipes));
  }
}
