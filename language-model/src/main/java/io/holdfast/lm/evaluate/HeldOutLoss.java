package io.holdfast.lm.evaluate;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.MicroBatch;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TokenBatch;

/**
 * Mean next-token cross-entropy over held-out windows: all nats over all tokens.
 *
 * @param lossNatsPerToken the mean
 * @param standardError of the mean, nats, with windows as the independent units; 0 for a single
 *     window, which cannot show a spread
 * @param tokens scored tokens
 * @param windows scored windows
 */
public record HeldOutLoss(
    double lossNatsPerToken, double standardError, long tokens, long windows) {

  /**
   * Scores every window.
   *
   * @param length tokens per window
   * @throws UnusableArtifactException when there is nothing to score
   */
  public static HeldOutLoss measure(
      LoadedProgram program, TensorSet weights, HeldOutWindows windows, int length) {
    int count = Math.toIntExact(windows.windows());
    if (windows.scoredTokens() == 0) {
      throw new UnusableArtifactException(
          Problem.at(
              "held-out split",
              "held-out-empty",
              0,
              "The held-out split has no tokens with a loss to score.",
              "Give the corpus more documents or a larger held-out fraction."));
    }
    int windowsPerCall = MicroBatch.sequences(length, count);
    double[] nats = new double[count];
    int[] tokens = new int[count];
    TokenBatch batch = new TokenBatch(windowsPerCall, length);
    long[] inputs = new long[length];
    long[] targets = new long[length];
    for (int first = 0; first < count; first += windowsPerCall) {
      batch.clear();
      for (int w = first; w < Math.min(first + windowsPerCall, count); w++) {
        windows.read(w, inputs, targets);
        batch.add(inputs, targets);
        tokens[w] = windows.scored(w);
      }
      double[] losses = program.windowLosses(batch, weights);
      System.arraycopy(losses, 0, nats, first, losses.length);
    }
    return of(nats, tokens);
  }

  /**
   * The ratio of two sums and its standard error by linearization (Cochran, Sampling Techniques,
   * §2.11): s² = n / (n − 1) · Σ (xᵢ − R·tᵢ)² / (Σ tᵢ)².
   *
   * @param nats summed loss of each window, x
   * @param tokens scored tokens of each window, t
   */
  static HeldOutLoss of(double[] nats, int[] tokens) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < nats.length; i++) {
      sum += nats[i];
      count += tokens[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < nats.length; i++) {
      double residual = nats[i] - mean * tokens[i];
      squares += residual * residual;
    }
    int n = nats.length;
    double error = n < 2 ? 0 : Math.sqrt(squares * n / (n - 1)) / count;
    return new HeldOutLoss(mean, error, count, n);
  }
}
