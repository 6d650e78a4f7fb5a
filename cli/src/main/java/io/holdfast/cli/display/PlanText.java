package io.holdfast.cli.display;

import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A study's plan as text: the tree of stages, each with its tokens, operations and time. */
public final class PlanText {

  private PlanText() {}

  /**
   * @param pricePerHour of one trainer, in any currency; null when it is not known
   */
  public static List<String> lines(StudyPlan plan, Double pricePerHour) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d stages, %d points, a model of %s parameters"
            .formatted(
                plan.study(),
                plan.stages().size(),
                plan.lineages(),
                Numbers.tokens(plan.parameters())));
    if (plan.base() != null) {
      lines.add(
          "It starts from %s (model id %s), not from random weights."
              .formatted(plan.base().name(), plan.base().id().substring(0, 16)));
    }
    lines.add("");
    List<String> names = new ArrayList<>();
    Map<String, List<PlannedStage>> children = new HashMap<>();
    plan.stages()
        .forEach(
            stage ->
                children
                    .computeIfAbsent(String.valueOf(stage.parent()), parent -> new ArrayList<>())
                    .add(stage));
    List<PlannedStage> order = new ArrayList<>();
    walk("null", 0, children, order, names);
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    lines.add(
        String.format(
            Locale.ROOT,
            "%-" + width + "s  %9s  %12s  %12s",
            "stage",
            "tokens",
            "operations",
            "time"));
    for (int i = 0; i < order.size(); i++) {
      lines.add(line(order.get(i), names.get(i), width));
    }
    lines.add("");
    lines.add(
        "In all %s tokens, %s, about %s on %d %s."
            .formatted(
                (plan.exact() ? "" : "about ") + Numbers.tokens(plan.tokens()),
                Numbers.flops(plan.flops()),
                Numbers.duration(plan.seconds()),
                plan.trainers(),
                plan.trainers() == 1 ? "trainer" : "trainers"));
    if (pricePerHour != null) {
      double hours = plan.trainers() * plan.seconds() / 3600;
      lines.add(
          String.format(
              Locale.ROOT,
              "At %s an hour and trainer: about %.2f for %.2f trainer hours.",
              BigDecimal.valueOf(pricePerHour).stripTrailingZeros().toPlainString(),
              pricePerHour * hours,
              hours));
    }
    long done = plan.stages().stream().filter(PlannedStage::done).count();
    if (done > 0) {
      lines.add(
          "%d of %d stages are trained already and are reused."
              .formatted(done, plan.stages().size()));
    }
    if (plan.unsharedStages() > plan.stages().size()) {
      lines.add(
          "Equal prefixes are trained once: %d stages instead of %d, %s instead of %s."
              .formatted(
                  plan.stages().size(),
                  plan.unsharedStages(),
                  Numbers.flops(plan.flops()),
                  Numbers.flops(plan.unsharedFlops())));
    }
    lines.addAll(NearMissText.lines(plan));
    lines.addAll(AccountText.lines(plan.accounts()));
    lines.addAll(LeakageText.lines(plan));
    plan.notes().forEach(note -> lines.add("Note: " + note));
    return lines;
  }

  private static void walk(
      String parent,
      int depth,
      Map<String, List<PlannedStage>> children,
      List<PlannedStage> order,
      List<String> names) {
    for (PlannedStage stage : children.getOrDefault(parent, List.of())) {
      order.add(stage);
      names.add("  ".repeat(depth) + name(stage));
      walk(stage.id(), depth + 1, children, order, names);
    }
  }

  private static String name(PlannedStage stage) {
    return StageText.kind(stage.kind())
        + " "
        + String.join("+", stage.recipes())
        + (stage.settings().isEmpty() ? "" : " " + StageText.settings(stage.settings()))
        + " seed "
        + stage.seed();
  }

  private static String line(PlannedStage stage, String name, int width) {
    String parts =
        stage.tokensByCorpus().entrySet().stream()
            .map(corpus -> Numbers.tokens(corpus.getValue()) + " " + corpus.getKey())
            .collect(Collectors.joining(" + "));
    return String.format(
        Locale.ROOT,
        "%-" + width + "s  %9s  %12s  %12s  %s",
        name,
        (stage.exact() ? "" : "~") + Numbers.tokens(stage.tokens()),
        Numbers.flops(stage.flops()),
        stage.done() ? "done already" : Numbers.duration(stage.seconds()),
        parts + (stage.mayStopEarly() ? ", may stop early" : ""));
  }
}
