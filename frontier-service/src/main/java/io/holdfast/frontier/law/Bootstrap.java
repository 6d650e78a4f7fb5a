package io.holdfast.frontier.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits of a law to made-up measurements: its predictions, moved by residuals drawn with
 * replacement. The design stays as it is, so every replicate can be fitted; residuals are centered
 * and inflated by √(n/(n − parameters)), as fitted ones are too small (Davison and Hinkley,
 * Bootstrap Methods, 1997, §6.3). Assumes that relative errors are alike over the design.
 *
 * @param replicates the parameters' logarithms, one array each
 */
record Bootstrap(List<double[]> replicates) {

  private static final double TAIL = 0.025;

  static Bootstrap of(
      LawForm form, List<LawPoint> points, double[] logs, Huber huber, Fitting fitting) {
    double[] residuals = inflated(RobustFit.residuals(form, logs, points), form.size());
    SplittableRandom random = new SplittableRandom(fitting.seed());
    List<double[]> replicates = new ArrayList<>();
    for (int i = 0; i < fitting.replicatesFor(points.size()); i++) {
      List<LawPoint> made =
          points.stream()
              .map(
                  p ->
                      p.withLoss(
                          form.predict(logs, p)
                              * Math.exp(residuals[random.nextInt(residuals.length)])))
              .toList();
      replicates.add(RobustFit.from(form, made, huber, List.of(logs)).logs());
    }
    return new Bootstrap(replicates);
  }

  private static double[] inflated(double[] residuals, int parameters) {
    double mean = Arrays.stream(residuals).average().orElse(0);
    double factor = Math.sqrt((double) residuals.length / (residuals.length - parameters));
    return Arrays.stream(residuals).map(r -> (r - mean) * factor).toArray();
  }

  /** The 95 % percentile interval of a number of the parameters. */
  double[] interval(java.util.function.ToDoubleFunction<double[]> number) {
    double[] values = replicates.stream().mapToDouble(number).sorted().toArray();
    return new double[] {quantile(values, TAIL), quantile(values, 1 - TAIL)};
  }

  private static double quantile(double[] ascending, double share) {
    double at = share * (ascending.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
