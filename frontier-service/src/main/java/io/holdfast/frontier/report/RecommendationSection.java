package io.holdfast.frontier.report;

import io.holdfast.frontier.recommendation.Expected;
import io.holdfast.frontier.recommendation.NextRun;
import io.holdfast.frontier.recommendation.PreferenceReader;
import io.holdfast.frontier.recommendation.Recommendation;
import io.holdfast.frontier.recommendation.Recommender;
import io.holdfast.frontier.recommendation.Standing;
import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Bullets;
import io.holdfast.frontier.report.document.Block.Heading;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudyPrices;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which recipe to take when keeping the skill and learning the new one count the same. */
final class RecommendationSection {

  private RecommendationSection() {}

  /** Nothing for a study with nothing to choose from. */
  static Optional<Section> of(StudySnapshot study) {
    Recommendation found =
        Recommender.of(
            study.trials(),
            PreferenceReader.read(null, null, null, null).preference(),
            StudyPrices.of(study));
    return found.standings().size() < 2
        ? Optional.empty()
        : Optional.of(Section.of("Recommendation", blocks(study, found)));
  }

  private static List<Block> blocks(StudySnapshot study, Recommendation found) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(found.answer()));
    blocks.add(
        new Paragraph(
            "%s For other wishes: ./holdfast recommend --study %s --weights retained=0.7,fine_tuned=0.3"
                .formatted(RecommendationText.wanted(found.preference()), study.name())));
    blocks.add(standings(found));
    bullets(
        blocks,
        "What would suffice",
        found.missing().stream().map(p -> p.message() + " " + p.remedy()).toList());
    bullets(blocks, "To keep in mind when choosing", RecommendationText.cautions(found));
    bullets(
        blocks,
        "What to run next",
        found.next().stream().map(RecommendationSection::next).toList());
    return blocks;
  }

  private static void bullets(List<Block> blocks, String title, List<String> items) {
    if (!items.isEmpty()) {
      blocks.add(new Heading(title));
      blocks.add(new Bullets(items));
    }
  }

  private static String next(NextRun run) {
    return "%s for %s. %s"
        .formatted(
            RecommendationText.what(run), RecommendationText.price(run.price()), run.reason());
  }

  private static Table standings(Recommendation found) {
    Table table =
        new Table(
                "Every choice before fine-tuning, at its best fine-tuning (nats per token; each seed read where the other seeds chose)")
            .text("choice", "it is")
            .number("weighted loss", "95 % interval", "behind the lowest", "interval")
            .number("n", "chance to be the best", "tokens before fine-tuning", "operations");
    for (Standing standing : found.standings()) {
      Expected loss = standing.loss();
      Expected behind = standing.behind();
      table.row(
          standing.name(),
          standing.place().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          loss == null ? "–" : Numbers.loss(loss.mean()),
          loss == null ? "–" : Numbers.range(loss.low(), loss.high()),
          behind == null ? "–" : Numbers.gap(behind.mean()),
          behind == null ? "–" : Numbers.interval(behind.low(), behind.high()),
          loss == null ? "–" : String.valueOf(loss.n()),
          standing.probabilityBest() == null ? "–" : Numbers.percent(standing.probabilityBest(), 1),
          Numbers.count(standing.upstream().tokens()),
          Numbers.flops(standing.upstream().flops()));
    }
    return table;
  }
}
