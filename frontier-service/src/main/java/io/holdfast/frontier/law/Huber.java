package io.holdfast.frontier.law;

/**
 * Huber's loss: r²/2 near zero, δ(|r| − δ/2) beyond, so that one odd run does not decide a law.
 *
 * @param delta δ > 0, in the residuals' unit
 */
record Huber(double delta) {

  Huber {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("delta " + delta);
    }
  }

  /** ρ(r). */
  double loss(double residual) {
    double size = Math.abs(residual);
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  }

  /** f with f² = 2ρ(r) and the sign of r: least squares of f is Huber's loss of r. */
  double root(double residual) {
    return Math.copySign(Math.sqrt(2 * loss(residual)), residual);
  }

  /** df/dr. */
  double rootSlope(double residual) {
    double size = Math.abs(residual);
    return size <= delta ? 1 : delta / Math.sqrt(2 * loss(residual));
  }
}
