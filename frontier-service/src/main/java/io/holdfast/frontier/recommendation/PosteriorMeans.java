package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Draws of what the candidates' means over all possible seeds may be, given those that were
 * trained. A draw is the observed means plus √(1/n) · √((n−1)/χ²) · Σ z·r/√(n−1) over the seeds'
 * residuals r, with one normal z for each seed and one χ² with n−1 degrees of freedom for all: a
 * multivariate t with the seeds' covariance, so that each difference of two candidates has exactly
 * the distribution that Student's paired interval reads off. That holds for any number of
 * candidates.
 */
final class PosteriorMeans {

  /** With fewer seeds the means of a draw have no expectation. */
  static final int SEEDS_FOR_EXPECTATIONS = 3;

  private final int seeds;
  private final double[] means;

  /** What is added to the means, by draw and candidate. */
  private final double[][] shifts;

  private PosteriorMeans(int seeds, double[] means, double[][] shifts) {
    this.seeds = seeds;
    this.means = means;
    this.shifts = shifts;
  }

  /** Draws for at least two seeds; equal input gives equal draws. */
  static PosteriorMeans of(List<CrossFit> fits, Resampling resampling) {
    int n = fits.getFirst().seeds().length;
    double[] means = fits.stream().mapToDouble(CrossFit::mean).toArray();
    SplittableRandom random = new SplittableRandom(resampling.seed());
    double[][] shifts = new double[resampling.resamples()][];
    for (int draw = 0; draw < shifts.length; draw++) {
      double[] z = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
      double scale = 1 / Math.sqrt(n * chiSquared(n - 1, random));
      shifts[draw] = new double[means.length];
      for (int i = 0; i < means.length; i++) {
        CrossFit fit = fits.get(i);
        shifts[draw][i] = scale * fit.widening() * dot(z, fit.loss(), means[i]);
      }
    }
    return new PosteriorMeans(n, means, shifts);
  }

  private static double chiSquared(int degrees, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < degrees; i++) {
      double z = random.nextGaussian();
      sum += z * z;
    }
    return sum;
  }

  private static double dot(double[] z, double[] losses, double mean) {
    double sum = 0;
    for (int s = 0; s < z.length; s++) {
      sum += z[s] * (losses[s] - mean);
    }
    return sum;
  }

  /** For each candidate the probability that its mean is the lowest. */
  double[] best() {
    double[] best = new double[means.length];
    for (double[] shift : shifts) {
      int lowest = 0;
      for (int i = 1; i < means.length; i++) {
        if (means[i] + shift[i] < means[lowest] + shift[lowest]) {
          lowest = i;
        }
      }
      best[lowest] += 1.0 / shifts.length;
    }
    return best;
  }

  /**
   * What a candidate's mean is expected to lie above the lowest, in nats per token: the expected
   * opportunity loss of taking it, and what perfect information would be worth (Raiffa and
   * Schlaifer, Applied Statistical Decision Theory, 1961). Null with fewer than three seeds.
   */
  Double regret(int candidate) {
    if (seeds < SEEDS_FOR_EXPECTATIONS) {
      return null;
    }
    double sum = 0;
    for (double[] shift : shifts) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < means.length; i++) {
        lowest = Math.min(lowest, means[i] + shift[i]);
      }
      sum += means[candidate] + shift[candidate] - lowest;
    }
    return sum / shifts.length;
  }

  /**
   * What further seeds of some candidates are expected to bring: how much lower the mean of what
   * would then be chosen is than that of what would be chosen now, in nats per token. With m more
   * seeds, the means that will be observed spread around those of now by √(m/(n+m)) of what is
   * unknown (the correlated knowledge gradient of Frazier, Powell and Dayanik, INFORMS J. Computing
   * 21, 2009, by simulation). Null with fewer than three seeds.
   */
  Double gainOfSeeds(Set<Integer> candidates, int more) {
    if (seeds < SEEDS_FOR_EXPECTATIONS) {
      return null;
    }
    double known = Math.sqrt((double) more / (seeds + more));
    double now = Arrays.stream(means).min().orElseThrow();
    double then = 0;
    for (double[] shift : shifts) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < means.length; i++) {
        lowest = Math.min(lowest, means[i] + (candidates.contains(i) ? known * shift[i] : 0));
      }
      then += lowest / shifts.length;
    }
    return Math.max(0, now - then);
  }
}
