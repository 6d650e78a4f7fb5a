package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2) in fp64, with the clipping of
 * PyTorch's {@code clip_grad_norm_}. Matrices decay, vectors do not.
 */
final class AdamWReference {

  private final double[][] weights;
  private final double[][] first;
  private final double[][] second;
  private final boolean[] decays;

  AdamWReference(TensorSet start) {
    int size = start.layout().size();
    weights = new double[size][];
    first = new double[size][];
    second = new double[size][];
    decays = new boolean[size];
    for (int i = 0; i < size; i++) {
      float[] values = start.values(i);
      weights[i] = new double[values.length];
      for (int j = 0; j < values.length; j++) {
        weights[i][j] = values[j];
      }
      first[i] = new double[values.length];
      second[i] = new double[values.length];
      decays[i] = start.layout().shapes().get(i).size() == 2;
    }
  }

  /** One step; returns the gradients' norm before clipping. */
  double step(OptimizerStep step, float[][] gradients) {
    double squares = 0;
    for (float[] gradient : gradients) {
      for (float value : gradient) {
        squares += (double) value * value;
      }
    }
    double norm = Math.sqrt(squares);
    double factor = step.clipNorm() == 0 ? 1 : Math.min(1, step.clipNorm() / (norm + 1e-6));
    double firstCorrection = 1 - Math.pow(step.beta1(), step.number());
    double secondCorrection = 1 - Math.pow(step.beta2(), step.number());
    for (int i = 0; i < weights.length; i++) {
      double decay = decays[i] ? step.learningRate() * step.weightDecay() : 0;
      for (int j = 0; j < weights[i].length; j++) {
        double g = gradients[i][j] * factor;
        first[i][j] = step.beta1() * first[i][j] + (1 - step.beta1()) * g;
        second[i][j] = step.beta2() * second[i][j] + (1 - step.beta2()) * g * g;
        double direction =
            first[i][j]
                / firstCorrection
                / (Math.sqrt(second[i][j] / secondCorrection) + step.epsilon());
        weights[i][j] += -decay * weights[i][j] - step.learningRate() * direction;
      }
    }
    return norm;
  }

  void assertClose(TensorSet found, double tolerance) {
    for (int i = 0; i < weights.length; i++) {
      float[] values = found.values(i);
      double worst = 0;
      for (int j = 0; j < values.length; j++) {
        worst = Math.max(worst, Math.abs(values[j] - weights[i][j]));
      }
      assertThat(worst).as(found.layout().names().get(i)).isLessThan(tolerance);
    }
  }
}
