package io.holdfast.theory;

import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The singular vectors that the tasks share.
 *
 * @param left U, n × n orthogonal
 * @param right V, n × n orthogonal
 */
public record Basis(RealMatrix left, RealMatrix right) {

  /** Two random orthogonal matrices. */
  public static Basis random(int n, long seed) {
    Random random = new Random(seed);
    return new Basis(orthogonal(n, random), orthogonal(n, random));
  }

  /** The same random orthogonal matrix on both sides: tasks that are symmetric matrices. */
  public static Basis symmetric(int n, long seed) {
    RealMatrix vectors = orthogonal(n, new Random(seed));
    return new Basis(vectors, vectors);
  }

  static RealMatrix gaussian(int n, double deviation, Random random) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        matrix.setEntry(row, column, deviation * random.nextGaussian());
      }
    }
    return matrix;
  }

  private static RealMatrix orthogonal(int n, Random random) {
    return new QRDecomposition(gaussian(n, 1, random)).getQ();
  }

  /** U·diag(values)·Vᵀ. */
  RealMatrix map(double[] values) {
    return left.multiply(MatrixUtils.createRealDiagonalMatrix(values)).multiplyTransposed(right);
  }

  /** V·diag(values)·Vᵀ: a covariance of inputs. */
  RealMatrix covariance(double[] values) {
    return right.multiply(MatrixUtils.createRealDiagonalMatrix(values)).multiplyTransposed(right);
  }

  /** Uᵀ·matrix·V: features on the diagonal. */
  RealMatrix coordinates(RealMatrix matrix) {
    return left.transposeMultiply(matrix).multiply(right);
  }
}
