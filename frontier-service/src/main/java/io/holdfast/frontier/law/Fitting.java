package io.holdfast.frontier.law;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.law.RobustFit.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How laws are fitted: searches from a grid of starts and from seeded places around the best, a
 * robust loss whose δ follows the spread of the residuals, and a bootstrap.
 *
 * @param seed of the further starts and of the bootstrap
 * @param replicates of the bootstrap; fewer for more than 150 runs, but 100 at least
 */
public record Fitting(long seed, int replicates) {

  /** What studies use. */
  public static final Fitting DEFAULT = new Fitting(20_260_512, 400);

  /** Residuals of a law that fits a little: nearly least squares, to find the right valley. */
  private static final Huber WIDE = new Huber(0.02);

  /** The δ of Hoffmann et al. (2022), below which the spread of the residuals does not take it. */
  private static final double SMALLEST_DELTA = 1e-3;

  /** 95 % of the efficiency of least squares where errors are normal. */
  private static final double TUNING = 1.345;

  /** Residuals drawn in a whole bootstrap: a second's worth. */
  private static final int DRAWS = 60_000;

  private static final int FURTHER_STARTS = 8;
  private static final double JITTER = 0.5;

  public Fitting {
    if (replicates < 40) {
      throw new IllegalArgumentException("at least 40 replicates, not " + replicates);
    }
  }

  int replicatesFor(int runs) {
    return Math.min(replicates, Math.max(100, DRAWS / runs));
  }

  /** Fits, or says what the runs lack. */
  public LawResult fit(LawKind kind, List<LawPoint> points) {
    List<Problem> problems = Identifiability.problems(kind.form(points), points);
    return problems.isEmpty()
        ? new LawResult.Fitted(fitted(kind, points, extrapolation(kind, points)))
        : new LawResult.Undetermined(points, problems);
  }

  private LawFit fitted(LawKind kind, List<LawPoint> points, Extrapolation extrapolation) {
    LawForm form = kind.form(points);
    Minimum rough = RobustFit.from(form, points, WIDE, form.starts(points));
    Huber huber = huberFor(RobustFit.residuals(form, rough.logs(), points));
    List<double[]> starts = new ArrayList<>(around(rough.logs()));
    starts.add(rough.logs());
    double[] logs = RobustFit.from(form, points, huber, starts).logs();
    Bootstrap bootstrap = Bootstrap.of(form, points, logs, huber, this);
    return new LawFit(form, points, logs, huber.delta(), bootstrap, seed, extrapolation);
  }

  private List<double[]> around(double[] logs) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i < FURTHER_STARTS; i++) {
      places.add(jitter(logs, random));
    }
    return places;
  }

  private static double[] jitter(double[] logs, SplittableRandom random) {
    return Arrays.stream(logs).map(log -> log + JITTER * random.nextGaussian()).toArray();
  }

  /** δ = 1.345 robust standard deviations (1.4826 times the median absolute residual). */
  private static Huber huberFor(double[] residuals) {
    double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    return new Huber(Math.max(SMALLEST_DELTA, TUNING * 1.4826 * sizes[sizes.length / 2]));
  }

  /** Null when the smaller models alone do not determine the law. */
  private Extrapolation extrapolation(LawKind kind, List<LawPoint> points) {
    double largest = points.stream().mapToDouble(LawPoint::parameters).max().orElseThrow();
    List<LawPoint> smaller = points.stream().filter(p -> p.parameters() < largest).toList();
    if (smaller.isEmpty() || !Identifiability.problems(kind.form(smaller), smaller).isEmpty()) {
      return null;
    }
    List<LawPoint> left = points.stream().filter(p -> p.parameters() == largest).toList();
    LawFit fit = fitted(kind, smaller, null);
    double[] interval =
        fit.bootstrap().interval(logs -> LawFit.meanRelativeError(fit.form(), logs, left));
    return new Extrapolation(
        largest,
        smaller.size(),
        left.size(),
        LawFit.meanRelativeError(fit.form(), fit.logs(), left),
        interval[0],
        interval[1],
        fit.bootstrap().replicates().stream()
            .map(logs -> LawFit.meanRelativeError(fit.form(), logs, left))
            .toList());
  }
}
