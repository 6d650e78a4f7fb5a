package io.holdfast.frontier.report;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Figure.Band;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.FrontBand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The figures that every study has. */
public enum StudyFigures {
  /** L_ret against L_ft with fronts. */
  RETENTION("Skill kept against skill gained") {
    @Override
    Figure draw(StudySnapshot study, String title) {
      return projection(study, Projection.RETENTION, title);
    }
  },
  /** L_pre against L_ret with fronts. */
  PRETRAINING("Pretraining ability kept against skill kept") {
    @Override
    Figure draw(StudySnapshot study, String title) {
      return projection(study, Projection.PRETRAINING, title);
    }
  },
  /** L_ret against L_im: does the loss before fine-tuning predict the loss after it? */
  IMMEDIATE("Does the loss before fine-tuning predict the loss after it?") {
    @Override
    Figure draw(StudySnapshot study, String title) {
      return scatter(
          study,
          Metric.IMMEDIATE,
          Metric.RETAINED,
          title,
          "Each point is a fine-tuned checkpoint; losses are in nats per token.",
          recipe -> new Emphasis(Set.of(), List.of(), List.of()));
    }
  };

  private final String title;

  StudyFigures(String title) {
    this.title = title;
  }

  /** What it shows, one line. */
  String title() {
    return title;
  }

  /** The figure of a name. */
  public static Optional<StudyFigures> named(String word) {
    return Stream.of(values()).filter(figure -> figure.word().equals(word)).findFirst();
  }

  /** The name of its files, such as {@code retention}. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The figure. */
  public Figure of(StudySnapshot study) {
    return draw(study, title + " · " + study.name());
  }

  abstract Figure draw(StudySnapshot study, String title);

  private static Figure projection(StudySnapshot study, Projection projection, String title) {
    List<LineagePoint> points = study.points();
    return scatter(
        study,
        projection.x(),
        projection.y(),
        title,
        "Each point is a fine-tuned checkpoint, in nats per token; filled ones are Pareto-optimal among their recipe's"
            + " checkpoints of all seeds, and the thick line joins them. Thin lines are the fronts"
            + " of single seeds, and the band is what lies between the best and the worst of them"
            + " where all seeds have a front. Lower left is better.",
        recipe -> fronts(projection, recipe, points));
  }

  private static Emphasis fronts(Projection projection, String recipe, List<LineagePoint> points) {
    List<Line> lines = new ArrayList<>();
    List<LineagePoint> own = points.stream().filter(p -> p.recipe().equals(recipe)).toList();
    List<Long> seeds = own.stream().map(LineagePoint::seed).distinct().toList();
    if (seeds.size() > 1) {
      for (long seed : seeds) {
        List<LineagePoint> ofSeed = own.stream().filter(p -> p.seed() == seed).toList();
        lines.add(line(projection, projection.frontOf(recipe, ofSeed), false));
      }
    }
    List<LineagePoint> front = projection.frontOf(recipe, own);
    lines.add(line(projection, front, true));
    Set<LineagePoint> filled = new HashSet<>(front);
    return new Emphasis(filled, lines, bands(FrontBand.of(recipe, projection, own)));
  }

  private static List<Band> bands(FrontBand band) {
    return band.at().isEmpty()
        ? List.of()
        : List.of(
            new Band(
                band.at().stream()
                    .map(at -> new double[] {at.x(), at.best(), at.worst()})
                    .toList()));
  }

  private static Line line(Projection projection, List<LineagePoint> front, boolean strong) {
    return new Line(
        front.stream()
            .map(p -> new double[] {p.nats(projection.x()), p.nats(projection.y())})
            .toList(),
        strong);
  }

  private record Emphasis(Set<LineagePoint> filled, List<Line> lines, List<Band> bands) {}

  private static Figure scatter(
      StudySnapshot study,
      Metric x,
      Metric y,
      String title,
      String description,
      java.util.function.Function<String, Emphasis> emphasis) {
    List<LineagePoint> points = study.points().stream().filter(p -> p.has(x, y)).toList();
    List<Long> seeds = study.lineages().stream().map(l -> l.seed()).distinct().sorted().toList();
    List<Series> series = new ArrayList<>();
    for (String recipe : study.recipes()) {
      Emphasis emphasized = emphasis.apply(recipe);
      List<Dot> dots =
          points.stream()
              .filter(p -> p.recipe().equals(recipe))
              .sorted(Comparator.comparingDouble(p -> p.nats(x)))
              .map(p -> dot(p, x, y, seeds.indexOf(p.seed()), emphasized.filled().contains(p)))
              .toList();
      series.add(new Series(recipe, dots, emphasized.lines(), emphasized.bands(), List.of()));
    }
    return new Figure(
        title,
        description,
        axis(x),
        axis(y),
        series,
        seeds.stream().map(seed -> "seed " + seed).toList());
  }

  private static String axis(Metric metric) {
    return metric.symbol() + ": " + metric.meaning() + " (nats)";
  }

  /** Half the length of an error bar; none where the error is not known. */
  private static double bar(Measured measured) {
    return measured.standardError() == null ? 0 : measured.standardError();
  }

  private static Dot dot(LineagePoint p, Metric x, Metric y, int shape, boolean filled) {
    Measured atX = p.losses().get(x);
    Measured atY = p.losses().get(y);
    String text =
        "%s, seed %d%s%n%s %s%n%s %s"
            .formatted(
                p.recipe(),
                p.seed(),
                p.label().isEmpty() ? "" : ", " + p.label(),
                x.symbol(),
                Numbers.loss(atX),
                y.symbol(),
                Numbers.loss(atY));
    return new Dot(atX.nats(), atY.nats(), bar(atX), bar(atY), shape, filled, text);
  }
}
