package io.holdfast.theory;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The network θ = W1·W2 itself, n × n, by gradient descent on both matrices. With G = 2(θΣ_xx −
 * Σ_yx) + 2λ(θ − θ_0), the gradient of E‖θx − Ax‖² + λ‖θ − θ_0‖² in θ, a step is W1 ← W1 − ηGW2ᵀ
 * and W2 ← W2 − ηW1ᵀG with the W1 of before.
 */
public final class LinearNetwork implements Learner {

  private final Basis basis;
  private RealMatrix first;
  private RealMatrix second;

  LinearNetwork(Basis basis, RealMatrix first, RealMatrix second) {
    this.basis = basis;
    this.first = first;
    this.second = second;
  }

  /** How the weights start. */
  public enum Start {
    /** W1 = e^−T·U, W2 = e^−T·Vᵀ: the features never mix, so the closed forms are exact. */
    ALIGNED,
    /** W1 = W2 = e^−T·I, as the paper prints it; the same as aligned only where U = V. */
    IDENTITY,
    /** Gaussian entries of standard deviation e^−T/√n, as networks really start. */
    RANDOM
  }

  /** A network with small weights. */
  public static LinearNetwork small(Basis basis, double t, Start start, long seed) {
    int n = basis.left().getRowDimension();
    double scale = Math.exp(-t);
    Random random = new Random(seed);
    return switch (start) {
      case ALIGNED ->
          new LinearNetwork(
              basis,
              basis.left().scalarMultiply(scale),
              basis.right().transpose().scalarMultiply(scale));
      case IDENTITY -> {
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(scale);
        yield new LinearNetwork(basis, identity, identity);
      }
      case RANDOM ->
          new LinearNetwork(
              basis,
              Basis.gaussian(n, scale / Math.sqrt(n), random),
              Basis.gaussian(n, scale / Math.sqrt(n), random));
    };
  }

  /** A balanced network with the given σ(θ), such as an idealized pretrained one. */
  public static LinearNetwork of(Basis basis, double[] strengths) {
    RealMatrix roots =
        MatrixUtils.createRealDiagonalMatrix(Arrays.stream(strengths).map(Math::sqrt).toArray());
    return new LinearNetwork(
        basis, basis.left().multiply(roots), roots.multiply(basis.right().transpose()));
  }

  /** W1. */
  RealMatrix first() {
    return first;
  }

  /** W2. */
  RealMatrix second() {
    return second;
  }

  @Override
  public double[] strengths() {
    RealMatrix coordinates = basis.coordinates(first.multiply(second));
    double[] strengths = new double[coordinates.getRowDimension()];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = coordinates.getEntry(i, i);
    }
    return strengths;
  }

  /** The largest entry of UᵀθV off its diagonal: how far features are mixed. */
  public double mixing() {
    RealMatrix coordinates = basis.coordinates(first.multiply(second));
    double largest = 0;
    for (int row = 0; row < coordinates.getRowDimension(); row++) {
      for (int column = 0; column < coordinates.getColumnDimension(); column++) {
        if (row != column) {
          largest = Math.max(largest, Math.abs(coordinates.getEntry(row, column)));
        }
      }
    }
    return largest;
  }

  @Override
  public void learn(Stage stage, double learningRate, int steps, Observer observer) {
    RealMatrix anchor = first.multiply(second).scalarMultiply(stage.penalty());
    double[] correlations = stage.pulls().stream().mapToDouble(Pull::correlation).toArray();
    double[] covariances = stage.pulls().stream().mapToDouble(Pull::covariance).toArray();
    RealMatrix wanted = basis.map(correlations).add(anchor);
    RealMatrix covariance =
        basis
            .covariance(covariances)
            .add(
                MatrixUtils.createRealIdentityMatrix(covariances.length)
                    .scalarMultiply(stage.penalty()));
    observer.after(0, this);
    for (int step = 1; step <= steps; step++) {
      RealMatrix gradient = first.multiply(second).multiply(covariance).subtract(wanted);
      RealMatrix scaled = gradient.scalarMultiply(2 * learningRate);
      RealMatrix before = first;
      first = first.subtract(scaled.multiplyTransposed(second));
      second = second.subtract(before.transposeMultiply(scaled));
      observer.after(step, this);
    }
  }
}
