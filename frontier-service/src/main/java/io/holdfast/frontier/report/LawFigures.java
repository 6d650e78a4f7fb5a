package io.holdfast.frontier.report;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.frontier.law.LawFit;
import io.holdfast.frontier.law.LawPoint;
import io.holdfast.frontier.law.LawResult;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A fitted law drawn through its runs, over the unique fine-tuning tokens. */
final class LawFigures {

  private static final int MOST_SERIES = 8;
  private static final int STEPS = 40;

  private LawFigures() {}

  static Figure of(StudyLaw law) {
    LawFit fit = ((LawResult.Fitted) law.result()).fit();
    boolean forgetting = law.data().kept();
    List<Series> series = new ArrayList<>();
    for (List<LawPoint> group : shown(fit.points())) {
      series.add(series(fit, group, forgetting));
    }
    return new Figure(
        (forgetting ? "Forgetting of " : "Loss on ")
            + LawTables.words(law.data())
            + " · "
            + law.upstream(),
        "Points are runs, lines the fitted law "
            + fit.form().formula()
            + ". N is the number of parameters, p the share of injected data."
            + (series.size() < groups(fit.points()).size()
                ? " Only the smallest and largest p, and at most eight combinations, are drawn."
                : ""),
        "log10 of unique fine-tuning tokens",
        forgetting ? "rise of the loss (nats)" : "loss (nats)",
        series,
        List.of());
  }

  private static Series series(LawFit fit, List<LawPoint> group, boolean forgetting) {
    LawPoint one = group.getFirst();
    double from = group.stream().mapToDouble(LawPoint::fineTuneTokens).min().orElseThrow();
    double to = group.stream().mapToDouble(LawPoint::fineTuneTokens).max().orElseThrow();
    List<double[]> line =
        IntStream.rangeClosed(0, STEPS)
            .mapToDouble(i -> from * Math.pow(to / from, (double) i / STEPS))
            .mapToObj(d -> at(fit, one, d))
            .toList();
    List<Dot> dots =
        group.stream()
            .map(
                p ->
                    new Dot(
                        Math.log10(p.fineTuneTokens()),
                        forgetting ? p.loss() - p.lossBefore() : p.loss(),
                        0,
                        0,
                        0,
                        true,
                        name(p)))
            .toList();
    return new Series(name(one), dots, List.of(new Line(line, true)));
  }

  /** The rise for forgetting, as a loss before of 0 makes the law give just that. */
  private static double[] at(LawFit fit, LawPoint one, double tokens) {
    LawPoint place = new LawPoint(one.parameters(), tokens, one.injected(), 0, 1);
    return new double[] {Math.log10(tokens), fit.form().predict(fit.logs(), place)};
  }

  private static Collection<List<LawPoint>> groups(List<LawPoint> points) {
    TreeMap<String, List<LawPoint>> groups = new TreeMap<>();
    for (LawPoint point : points) {
      groups
          .computeIfAbsent(
              "%020.0f %.9f".formatted(point.parameters(), point.injectedLevel()),
              key -> new ArrayList<>())
          .add(point);
    }
    return groups.values();
  }

  private static List<List<LawPoint>> shown(List<LawPoint> points) {
    Collection<List<LawPoint>> groups = groups(points);
    if (groups.size() <= MOST_SERIES) {
      return List.copyOf(groups);
    }
    double least = points.stream().mapToDouble(LawPoint::injectedLevel).min().orElseThrow();
    double most = points.stream().mapToDouble(LawPoint::injectedLevel).max().orElseThrow();
    return groups.stream()
        .filter(g -> level(g) == least || level(g) == most)
        .limit(MOST_SERIES)
        .toList();
  }

  private static double level(List<LawPoint> group) {
    return group.getFirst().injectedLevel();
  }

  private static String name(LawPoint point) {
    return "N "
        + Numbers.shortCount(point.parameters())
        + ", p "
        + Numbers.percent(point.injectedLevel(), 1);
  }
}
