package io.holdfast.frontier.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs laid out as in FSL §3: sizes, unique tokens and injected shares, with known laws. */
final class Planted {

  static final double A = 600;
  static final double ALPHA = 0.45;
  static final double BETA = 0.15;
  static final double B = 2_500;

  static final double FT_A = 120;
  static final double FT_ALPHA = 0.18;
  static final double FT_BETA = 0.09;
  static final double FT_E = 1.4;

  static final double[] SIZES = {41e6, 109e6, 175e6, 334e6, 665e6, 1.27e9};
  static final double[] TOKENS = {0.3e6, 0.9e6, 3e6, 9e6, 30e6};
  static final double[] SHARES = {0, 0.001, 0.005, 0.01, 0.05};

  private Planted() {}

  static double forgotten(double n, double d, double p) {
    return A * Math.pow(d, BETA) / Math.pow((1 + B * p) * n, ALPHA);
  }

  static double fineTuned(double n, double d) {
    return FT_A / (Math.pow(n, FT_ALPHA) * Math.pow(d, FT_BETA)) + FT_E;
  }

  /**
   * @param noise standard deviation of the relative error of a loss
   */
  static List<LawPoint> forgetting(double noise, long seed) {
    Random random = new Random(seed);
    List<LawPoint> points = new ArrayList<>();
    for (double n : SIZES) {
      double before = 1.7 + 30 * Math.pow(n, -0.2);
      for (double d : TOKENS) {
        for (double p : SHARES) {
          double loss = (before + forgotten(n, d, p)) * Math.exp(noise * random.nextGaussian());
          points.add(new LawPoint(n, d, p, before, loss));
        }
      }
    }
    return points;
  }

  static List<LawPoint> fineTuning(double noise, long seed) {
    Random random = new Random(seed);
    List<LawPoint> points = new ArrayList<>();
    for (double n : SIZES) {
      for (double d : TOKENS) {
        for (double p : SHARES) {
          double loss = fineTuned(n, d) * Math.exp(noise * random.nextGaussian());
          points.add(new LawPoint(n, d, p, 0, loss));
        }
      }
    }
    return points;
  }
}
