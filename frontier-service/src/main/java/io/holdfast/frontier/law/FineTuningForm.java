package io.holdfast.frontier.law;

import java.util.ArrayList;
import java.util.List;

/**
 * L = A / (N^α·D_ft^β) + E (FSL, arXiv 2502.06042): the loss on the fine-tuning data, which hardly
 * depends on what is mixed in.
 *
 * @param center of the data
 */
record FineTuningForm(Center center) implements LawForm {

  private static final int LEVEL = 0;
  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int E = 3;

  @Override
  public String formula() {
    return "L = A / (N^α·D_ft^β) + E";
  }

  @Override
  public List<String> names() {
    return List.of("A", "alpha", "beta", "E");
  }

  @Override
  public Curve with(double[] logs) {
    return new FineTuned(
        logs[LEVEL], Math.exp(logs[ALPHA]), Math.exp(logs[BETA]), Math.exp(logs[E]));
  }

  private record FineTuned(double level, double alpha, double beta, double e) implements Curve {

    @Override
    public double loss(Place at) {
      return reducible(at) + e;
    }

    private double reducible(Place at) {
      return Math.exp(level - alpha * at.size() - beta * at.tokens());
    }

    @Override
    public double lossAndGradient(Place at, double[] gradient) {
      double reducible = reducible(at);
      gradient[LEVEL] = reducible;
      gradient[ALPHA] = -reducible * alpha * at.size();
      gradient[BETA] = -reducible * beta * at.tokens();
      gradient[E] = e;
      return reducible + e;
    }
  }

  @Override
  public double[] natural(double[] logs) {
    double alpha = Math.exp(logs[ALPHA]);
    double beta = Math.exp(logs[BETA]);
    double a = Math.exp(logs[LEVEL] + alpha * center.logParameters() + beta * center.logTokens());
    return new double[] {a, alpha, beta, Math.exp(logs[E])};
  }

  @Override
  public List<double[]> starts(List<LawPoint> points) {
    double least = points.stream().mapToDouble(LawPoint::loss).min().orElse(1);
    double mean = points.stream().mapToDouble(LawPoint::loss).average().orElse(2);
    List<double[]> starts = new ArrayList<>();
    for (double share : new double[] {0.02, 0.5, 0.8, 0.95}) {
      for (double alpha : new double[] {0.05, 0.2, 0.5}) {
        for (double beta : new double[] {0.05, 0.2, 0.5}) {
          starts.add(
              new double[] {
                Math.log(Math.max(mean - share * least, 1e-3)),
                Math.log(alpha),
                Math.log(beta),
                Math.log(share * least)
              });
        }
      }
    }
    return starts;
  }

  @Override
  public Bounds bounds() {
    return new Bounds(
        new double[] {Math.log(1e-8), Math.log(1e-3), Math.log(1e-3), -14},
        new double[] {Math.log(50), Math.log(5), Math.log(5), Math.log(20)});
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.PARAMETERS, Need.TOKENS);
  }
}
