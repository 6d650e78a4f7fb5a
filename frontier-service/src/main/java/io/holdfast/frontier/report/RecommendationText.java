package io.holdfast.frontier.report;

import io.holdfast.frontier.recommendation.Budget;
import io.holdfast.frontier.recommendation.Expected;
import io.holdfast.frontier.recommendation.NextRun;
import io.holdfast.frontier.recommendation.Preference;
import io.holdfast.frontier.recommendation.Price;
import io.holdfast.frontier.recommendation.Recommendation;
import io.holdfast.frontier.recommendation.Standing;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A recommendation for a terminal of about 80 columns: the answer, the candidates, what is missing,
 * and what to run next.
 */
public final class RecommendationText {

  private static final int SHOWN = 12;

  private final List<String> lines = new ArrayList<>();
  private final Recommendation found;

  private RecommendationText(Recommendation found) {
    this.found = found;
  }

  /** The text, with a line break at the end. */
  public static String of(StudySnapshot study, Recommendation found) {
    RecommendationText text = new RecommendationText(found);
    text.wrap(found.answer(), "");
    text.wrap(wanted(found.preference()), "");
    text.table();
    text.list(
        "What would suffice",
        found.missing().stream().map(p -> p.message() + " " + p.remedy()).toList());
    text.list("Keep in mind", cautions(found));
    text.next(study.id());
    return String.join("\n", text.lines) + "\n";
  }

  /** What was asked for, one sentence. */
  static String wanted(Preference wanted) {
    StringBuilder said = new StringBuilder("Wanted: the lowest ");
    said.append(
        wanted.weights().entrySet().stream()
            .map(w -> Numbers.setting(w.getValue()) + " " + w.getKey().symbol())
            .collect(Collectors.joining(" + ")));
    if (!wanted.limits().isEmpty()) {
      said.append(
          wanted.limits().entrySet().stream()
              .map(l -> l.getKey().symbol() + " ≤ " + Numbers.loss(l.getValue()))
              .collect(Collectors.joining(", ", ", with ", "")));
    }
    Budget budget = wanted.budget();
    if (budget.tokens() != null) {
      said.append(", at most ").append(Numbers.shortCount(budget.tokens())).append(" tokens");
    }
    if (budget.flops() != null) {
      said.append(", at most ").append(Numbers.flops(budget.flops()));
    }
    return said
        + "; differences below "
        + Numbers.setting(wanted.marginNats())
        + " nats do not matter.";
  }

  private void table() {
    List<Metric> losses =
        found.standings().stream()
            .flatMap(standing -> standing.losses().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<Standing> shown = found.standings().stream().limit(SHOWN).toList();
    int width = Math.min(34, shown.stream().mapToInt(s -> s.name().length()).max().orElse(6));
    lines.add("");
    StringBuilder head = new StringBuilder(pad("recipe", width)).append("  loss [95 %]          ");
    losses.forEach(metric -> head.append("  ").append(pad(metric.symbol(), 5)));
    lines.add(head.append("  best   price").toString().stripTrailing());
    for (Standing standing : shown) {
      row(standing, losses, width);
    }
    if (found.standings().size() > SHOWN) {
      lines.add("… and %d more".formatted(found.standings().size() - SHOWN));
    }
    settings();
  }

  private void row(Standing standing, List<Metric> losses, int width) {
    StringBuilder row = new StringBuilder(pad(standing.name(), width)).append("  ");
    row.append(pad(standing.loss() == null ? "–" : interval(standing.loss()), 20)).append(' ');
    for (Metric metric : losses) {
      Expected loss = standing.losses().get(metric);
      row.append("  ").append(pad(loss == null ? "–" : Numbers.loss(loss.mean()), 5));
    }
    row.append("  ").append(pad(probability(standing), 5));
    row.append("  ").append(Numbers.shortCount(standing.upstream().tokens())).append(" tok");
    String place =
        switch (standing.place()) {
          case OVER_LIMIT -> ", over a limit";
          case OVER_BUDGET -> ", over budget";
          case UNMEASURED -> ", not measured";
          case LEADER, WORSE, EQUAL, OPEN -> "";
        };
    lines.add(row.append(place).toString());
  }

  private void settings() {
    String named = found.choice() == null ? found.leader() : found.choice();
    found
        .standing(named == null ? "" : named)
        .ifPresent(
            standing -> {
              String knobs =
                  standing.knobs().entrySet().stream()
                      .map(knob -> knob.getKey().word() + " " + Numbers.setting(knob.getValue()))
                      .collect(Collectors.joining(", "));
              String tuned =
                  standing.fineTuning() == null || standing.fineTuning().isEmpty()
                      ? ""
                      : "fine-tuned best with " + standing.fineTuning();
              wrap(
                  "%s: %s."
                      .formatted(
                          named,
                          Stream.of(
                                  knobs, price(standing.upstream()) + " before fine-tuning", tuned)
                              .filter(part -> !part.isEmpty())
                              .collect(Collectors.joining("; "))),
                  "  ");
            });
  }

  /** What to keep in mind, one sentence each. */
  static List<String> cautions(Recommendation found) {
    List<String> cautions = new ArrayList<>(found.cautions());
    if (found.optimism() != null && found.optimism() >= 0.0005) {
      cautions.add(
          "Having been picked by the very seeds that it is read off, the lowest loss looks about %s nats too low."
              .formatted(Numbers.loss(found.optimism())));
    }
    return cautions;
  }

  private void list(String title, List<String> items) {
    if (!items.isEmpty()) {
      lines.add("");
      lines.add(title);
      items.forEach(item -> wrap("- " + item, "  "));
    }
  }

  private void next(String studyId) {
    int number = 0;
    for (NextRun run : found.next()) {
      lines.add("");
      wrap(
          "%s %s for %s%s. %s"
              .formatted(
                  number == 0 ? "Next:" : "Or:",
                  what(run),
                  price(run.price()),
                  run.gain() == null
                      ? ""
                      : ", expected to lower the loss of the choice by %s nats"
                          .formatted(String.format(Locale.ROOT, "%.4f", run.gain())),
                  run.reason()),
          "  ");
      number++;
      if (run.study() != null) {
        run.study().changes().lines().forEach(line -> lines.add("    " + line));
        lines.add(
            "  ./holdfast recommend --study %s%s --write next.yaml"
                .formatted(studyId, number == 1 ? "" : " --next " + number));
        lines.add("  ./holdfast run next.yaml");
      }
    }
  }

  /** Which runs, without a verb. */
  static String what(NextRun run) {
    return switch (run) {
      case NextRun.MoreSeeds seeds ->
          "%s %s of %s"
              .formatted(
                  seeds.seeds().size() == 1 ? "seed" : "seeds",
                  seeds.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  seeds.candidates().size() <= 3
                      ? String.join(", ", seeds.candidates())
                      : seeds.candidates().size() + " candidates");
      case NextRun.NewLevel level ->
          "%s %s, otherwise as %s,"
              .formatted(level.knob().word(), Numbers.setting(level.level()), level.like());
    };
  }

  /** What something costs. */
  static String price(Price price) {
    return Numbers.shortCount(price.tokens()) + " tokens, " + Numbers.flops(price.flops());
  }

  private static String interval(Expected loss) {
    return loss.low() == null
        ? Numbers.loss(loss.mean())
        : "%s [%s, %s]"
            .formatted(
                Numbers.loss(loss.mean()), Numbers.loss(loss.low()), Numbers.loss(loss.high()));
  }

  private static String probability(Standing standing) {
    Double best = standing.probabilityBest();
    return best == null ? "–" : Math.round(100 * best) + " %";
  }

  private static String pad(String text, int width) {
    String cut = text.length() <= width ? text : text.substring(0, width - 1) + "…";
    return cut + " ".repeat(width - cut.length());
  }

  private void wrap(String text, String indent) {
    TextLines.wrap(lines, text, indent);
  }
}
