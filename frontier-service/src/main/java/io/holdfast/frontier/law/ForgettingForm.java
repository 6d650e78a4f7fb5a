package io.holdfast.frontier.law;

import java.util.ArrayList;
import java.util.List;

/**
 * L = L0 + A·D_ft^β / ((1 + B·p)·N)^α, and + E when asked for (FSL, arXiv 2502.06042): the loss on
 * data that was known before, after fine-tuning on other data into which a share p of it was mixed.
 *
 * @param center of the data
 * @param offset whether there is an E: forgetting that neither size nor tokens change
 */
record ForgettingForm(Center center, boolean offset) implements LawForm {

  private static final int LEVEL = 0;
  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int B = 3;
  private static final int E = 4;

  @Override
  public String formula() {
    return "L = L0 + A·D_ft^β / ((1 + B·p)·N)^α" + (offset ? " + E" : "");
  }

  @Override
  public List<String> names() {
    return offset ? List.of("A", "alpha", "beta", "B", "E") : List.of("A", "alpha", "beta", "B");
  }

  @Override
  public Curve with(double[] logs) {
    return new Forgetting(
        logs[LEVEL],
        Math.exp(logs[ALPHA]),
        Math.exp(logs[BETA]),
        Math.exp(logs[B]),
        offset ? Math.exp(logs[E]) : 0);
  }

  private record Forgetting(double level, double alpha, double beta, double b, double e)
      implements Curve {

    @Override
    public double loss(Place at) {
      return at.before() + forgotten(at, Math.log(1 + b * at.injected())) + e;
    }

    private double forgotten(Place at, double shield) {
      return Math.exp(level + beta * at.tokens() - alpha * (at.size() + shield));
    }

    @Override
    public double lossAndGradient(Place at, double[] gradient) {
      double shielded = b * at.injected();
      // Not log1p, which is far slower: an absolute error of 1e-16 is nothing in an exponent.
      double shield = Math.log(1 + shielded);
      double forgotten = forgotten(at, shield);
      gradient[LEVEL] = forgotten;
      gradient[ALPHA] = -forgotten * alpha * (at.size() + shield);
      gradient[BETA] = forgotten * beta * at.tokens();
      gradient[B] = -forgotten * alpha * shielded / (1 + shielded);
      if (gradient.length > E) {
        gradient[E] = e;
      }
      return at.before() + forgotten + e;
    }
  }

  @Override
  public double[] natural(double[] logs) {
    double alpha = Math.exp(logs[ALPHA]);
    double beta = Math.exp(logs[BETA]);
    double a = Math.exp(logs[LEVEL] + alpha * center.logParameters() - beta * center.logTokens());
    double b = Math.exp(logs[B]);
    return offset
        ? new double[] {a, alpha, beta, b, Math.exp(logs[E])}
        : new double[] {a, alpha, beta, b};
  }

  @Override
  public List<double[]> starts(List<LawPoint> points) {
    double seen =
        points.stream()
            .mapToDouble(p -> p.loss() - p.lossBefore())
            .filter(gap -> gap > 0)
            .average()
            .orElse(1e-3);
    List<double[]> starts = new ArrayList<>();
    for (double alpha : new double[] {0.1, 0.3, 1}) {
      for (double beta : new double[] {0.1, 0.3, 1}) {
        for (double b : new double[] {30, 1_000, 30_000}) {
          double[] start = new double[size()];
          start[LEVEL] = Math.log(seen);
          start[ALPHA] = Math.log(alpha);
          start[BETA] = Math.log(beta);
          start[B] = Math.log(b);
          if (offset) {
            start[E] = Math.log(seen / 10);
          }
          starts.add(start);
        }
      }
    }
    return starts;
  }

  @Override
  public Bounds bounds() {
    double[] low = {Math.log(1e-8), Math.log(1e-3), Math.log(1e-3), Math.log(1e-2), -14};
    double[] high = {Math.log(50), Math.log(5), Math.log(5), Math.log(1e7), Math.log(20)};
    return new Bounds(java.util.Arrays.copyOf(low, size()), java.util.Arrays.copyOf(high, size()));
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.PARAMETERS, Need.TOKENS, Need.INJECTION);
  }
}
