package io.holdfast.theory;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.theory.Curves.Moment;
import io.holdfast.theory.Feature.Kind;
import io.holdfast.theory.TheoryRun.Entry;
import io.holdfast.theory.TheoryRun.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The figures of a theory run. */
public enum TheoryFigures {
  /** σ over time in pretraining with exposure. */
  LEARNING_EXPOSED("With exposure, pretraining learns every feature, the strongest first") {
    @Override
    public Figure of(TheoryRun run) {
      return learning(this, run, run.exposed());
    }
  },
  /** σ over time in pretraining without. */
  LEARNING_UNEXPOSED("Without exposure, it never learns the specialized features") {
    @Override
    public Figure of(TheoryRun run) {
      return learning(this, run, run.unexposed());
    }
  },
  /** Loss on post-training data over the three stages. */
  STAGES("Loss on post-training data through the three stages") {
    @Override
    public Figure of(TheoryRun run) {
      return new Figure(
          title(),
          "Pretraining ends at %s, post-training at %s; fine-tuning follows. Both models are post-trained with the same penalty."
              .formatted(
                  number(run.settings().durations().pretraining()),
                  number(
                      run.settings().durations().pretraining()
                          + run.settings().durations().postTraining())),
          TIME,
          "loss on post-training data above its minimum",
          List.of(losses(run, run.unexposed(), WITHOUT), losses(run, run.exposed(), WITH)),
          List.of());
    }
  },
  /** Δ over α at equal L_im. */
  FORGETTING_EXPOSURE("Forgetting against exposure, at equal immediate loss") {
    @Override
    public Figure of(TheoryRun run) {
      List<Series> series = new ArrayList<>();
      for (Sweep sweep : run.byExposure()) {
        series.add(
            curve(
                "beta " + number(sweep.beta()),
                sweep.entries(),
                e -> e.matched().exposure(),
                e -> e.matched().exposed().forgetting()));
      }
      return new Figure(
          title(),
          "Every model is post-trained to the immediate loss that a model without exposure has."
              + " Exposure pays from about alpha = T/(2·beta·pretraining time) on, where the"
              + " specialized features are learned in time; before that it only prepares them.",
          "alpha: share of post-training data in pretraining",
          "forgetting L_ret − L_im",
          series,
          List.of());
    }
  },
  /** Δ over β at equal L_im. */
  FORGETTING_BETA("Forgetting against the strength of specialized features") {
    @Override
    public Figure of(TheoryRun run) {
      List<Entry> entries = run.byBeta().entries();
      return new Figure(
          title(),
          "At equal immediate loss. The gap is k·beta² once the specialized features are learned.",
          "beta: strength of the specialized features",
          "forgetting L_ret − L_im",
          List.of(
              curve(WITHOUT, entries, Entry::beta, e -> e.matched().unexposed().forgetting()),
              curve(WITH, entries, Entry::beta, e -> e.matched().exposed().forgetting())),
          List.of());
    }
  },
  /** Δ over ε with the bound. */
  BOUND("The lower bound on forgetting without exposure") {
    @Override
    public Figure of(TheoryRun run) {
      Settings settings = run.settings();
      List<double[]> bound =
          run.stopped().stream()
              .map(
                  s ->
                      new double[] {
                        s.precision(),
                        new Bound(settings.k(), settings.mismatch(), settings.beta(), s.precision())
                            .forgetting()
                      })
              .toList();
      List<Dot> dots =
          run.stopped().stream().map(s -> dot(s.precision(), s.outcome().forgetting())).toList();
      return new Figure(
          title(),
          "Each point is a model whose stages were stopped as soon as the inconsistent features were"
              + " within epsilon of their targets; the line is k(c_mis² − 2·c_mis·epsilon − 4·beta·epsilon).",
          "epsilon: how near features are to their targets",
          "forgetting L_ret − L_im",
          List.of(new Series("gradient descent", dots, List.of()), Series.curve("bound", bound)),
          List.of());
    }
  };

  private static final String WITH = "with exposure";
  private static final String WITHOUT = "without exposure";
  private static final String TIME = "time = learning rate × steps";
  private static final int CHECKS = 14;

  private final String title;

  TheoryFigures(String title) {
    this.title = title;
  }

  /** What it shows, one line. */
  public String title() {
    return title;
  }

  /** Its file name without ending. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The figure. */
  public abstract Figure of(TheoryRun run);

  private static Figure learning(TheoryFigures figure, TheoryRun run, Curves curves) {
    Features features = run.settings().features();
    Stage stage = Stage.pretraining(features, curves.exposure());
    List<Moment> moments = curves.moments().stream().filter(m -> m.stage() == 1).toList();
    List<Series> series = new ArrayList<>();
    List<Dot> predicted = new ArrayList<>();
    for (int feature : shown(features)) {
      series.add(
          Series.curve(
              name(features, feature),
              moments.stream()
                  .map(m -> new double[] {Math.log10(m.time()), m.strengths()[feature]})
                  .toList()));
      Logistic closed = Logistic.of(stage, feature, Math.exp(-2 * run.settings().t()));
      for (int i = 0; i < CHECKS; i++) {
        double time = moments.get(i * (moments.size() - 1) / (CHECKS - 1)).time();
        predicted.add(dot(Math.log10(time), closed.at(time)));
      }
    }
    series.add(new Series("closed form", predicted, List.of()));
    return new Figure(
        figure.title(),
        "Singular values of the network in pretraining with alpha = %s, weights from exp(−%s)."
            .formatted(number(curves.exposure()), number(run.settings().t())),
        "log10 of " + TIME,
        "strength of the feature in the network",
        series,
        List.of());
  }

  /** The strongest and weakest invariant feature, and the first of the other kinds. */
  private static List<Integer> shown(Features features) {
    int invariant = features.size() - 2 * features.specialized();
    int inconsistent = invariant + features.specialized();
    return Stream.of(0, invariant - 1, invariant, inconsistent).distinct().toList();
  }

  private static String name(Features features, int index) {
    Feature feature = features.all().get(index);
    String kind = feature.kind().name().toLowerCase(Locale.ROOT);
    return feature.kind() == Kind.INVARIANT ? kind + " of " + number(feature.postTraining()) : kind;
  }

  private static Series losses(TheoryRun run, Curves curves, String name) {
    Features features = run.settings().features();
    double shown = 0.8 * run.settings().durations().pretraining();
    return Series.curve(
        name,
        curves.moments().stream()
            .filter(m -> m.time() >= shown)
            .map(m -> new double[] {m.time(), features.postTrainingLoss(m.strengths())})
            .toList());
  }

  private static Series curve(
      String name, List<Entry> entries, ToDoubleFunction<Entry> x, ToDoubleFunction<Entry> y) {
    return new Series(
        name,
        List.of(),
        List.of(
            new Line(
                entries.stream()
                    .map(e -> new double[] {x.applyAsDouble(e), y.applyAsDouble(e)})
                    .toList(),
                true)));
  }

  private static Dot dot(double x, double y) {
    return new Dot(x, y, 0, 0, 0, false, number(x) + ", " + number(y));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }
}
