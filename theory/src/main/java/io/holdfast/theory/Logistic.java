package io.holdfast.theory;

/**
 * A feature's σ over time in the limit of small learning rates: σ' = 4σ(r − κσ), with drive r = q +
 * λσ_0 and curvature κ = c + λ (2 from the squared loss, 2 because both layers move). The solution
 * is a logistic curve; Saxe et al. (2014) and Gidel et al. (2019) found it for λ = 0.
 *
 * @param start σ at time 0, not negative
 * @param drive r
 * @param curvature κ
 */
public record Logistic(double start, double drive, double curvature) {

  public Logistic {
    if (!(start >= 0 && drive >= 0 && curvature >= 0)) {
      throw new IllegalArgumentException(start + ", " + drive + ", " + curvature);
    }
  }

  /** The curve of a stage's feature that starts, and is anchored, at the given strength. */
  public static Logistic of(Stage stage, int feature, double start) {
    return new Logistic(start, stage.drive(feature, start), stage.curvature(feature));
  }

  /** The ends of all features of a stage after some time. */
  public static double[] after(Stage stage, double[] start, double time) {
    double[] end = new double[start.length];
    for (int i = 0; i < end.length; i++) {
      end[i] = of(stage, i, start[i]).at(time);
    }
    return end;
  }

  /** σ after a time = learning rate × steps. */
  public double at(double time) {
    if (start == 0) {
      return 0;
    }
    if (drive == 0) {
      return start / (1 + 4 * curvature * start * time);
    }
    // σ₀ / (e^−4rt + κσ₀(1 − e^−4rt)/r): nothing here overflows or cancels.
    double fading = Math.exp(-4 * drive * time);
    return start / (fading - curvature * start * Math.expm1(-4 * drive * time) / drive);
  }

  /**
   * When the feature has half of its final strength: ln(r/(κσ_0) − 1)/(4r). With σ_0 = exp(−2T)
   * this is T/(2r) for large T: stronger features are learned earlier, in proportion. Never for a
   * feature without drive; 0 for one that starts above the half.
   */
  public double halfTime() {
    if (drive == 0 || start == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double room = drive / (curvature * start);
    return room <= 2 ? 0 : Math.log(room - 1) / (4 * drive);
  }
}
