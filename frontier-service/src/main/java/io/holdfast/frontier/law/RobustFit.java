package io.holdfast.frontier.law;

import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Minimises Σ Huber(ln predicted − ln measured) over a law's parameters by Levenberg and
 * Marquardt's method. Keeps the best point that it ever looked at, so a search that ends oddly
 * still counts.
 */
final class RobustFit {

  private static final int EVALUATIONS = 400;
  private static final double TOLERANCE = 1e-11;

  private final LawForm form;
  private final Place[] places;
  private final double[] logLosses;
  private final Huber huber;
  private final LawForm.Bounds bounds;
  private double[] best;
  private double bestLoss = Double.POSITIVE_INFINITY;

  private RobustFit(LawForm form, List<LawPoint> points, Huber huber) {
    this.form = form;
    this.places = points.stream().map(form.center()::place).toArray(Place[]::new);
    this.logLosses = points.stream().mapToDouble(p -> Math.log(p.loss())).toArray();
    this.huber = huber;
    this.bounds = form.bounds();
  }

  /**
   * Where it ends.
   *
   * @param logs the parameters' logarithms
   * @param loss sum over the points
   */
  record Minimum(double[] logs, double loss) {}

  /** The best minimum that any of the starts leads to. */
  static Minimum from(LawForm form, List<LawPoint> points, Huber huber, List<double[]> starts) {
    RobustFit fit = new RobustFit(form, points, huber);
    starts.forEach(fit::descend);
    return new Minimum(fit.best, fit.bestLoss);
  }

  /** ln predicted − ln measured. */
  static double[] residuals(LawForm form, double[] logs, List<LawPoint> points) {
    LawForm.Curve law = form.with(logs);
    return points.stream()
        .mapToDouble(p -> Math.log(law.loss(form.center().place(p))) - Math.log(p.loss()))
        .toArray();
  }

  private void descend(double[] start) {
    MultivariateJacobianFunction model = logs -> evaluate(logs.toArray());
    try {
      new LevenbergMarquardtOptimizer()
          .withCostRelativeTolerance(TOLERANCE)
          .withParameterRelativeTolerance(TOLERANCE)
          .optimize(
              new LeastSquaresBuilder()
                  .model(model)
                  .target(new double[places.length])
                  .start(bounds.clamp(start))
                  .parameterValidator(p -> new ArrayRealVector(bounds.clamp(p.toArray())))
                  .maxEvaluations(EVALUATIONS)
                  .maxIterations(EVALUATIONS)
                  .build());
    } catch (MathIllegalStateException ended) {
      // No better point within rounding or the allowed number of steps: the best one is kept.
    }
  }

  private Pair<RealVector, RealMatrix> evaluate(double[] logs) {
    LawForm.Curve law = form.with(logs);
    double[] roots = new double[places.length];
    double[][] jacobian = new double[roots.length][form.size()];
    double loss = 0;
    for (int i = 0; i < roots.length; i++) {
      double predicted = law.lossAndGradient(places[i], jacobian[i]);
      double residual = Math.log(predicted) - logLosses[i];
      double slope = huber.rootSlope(residual) / predicted;
      for (int j = 0; j < jacobian[i].length; j++) {
        jacobian[i][j] *= slope;
      }
      roots[i] = huber.root(residual);
      loss += huber.loss(residual);
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      best = logs;
    }
    return new Pair<>(new ArrayRealVector(roots, false), new Array2DRowRealMatrix(jacobian, false));
  }
}
