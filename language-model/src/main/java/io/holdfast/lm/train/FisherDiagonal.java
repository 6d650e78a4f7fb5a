package io.holdfast.lm.train;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.AnchorPull;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.OptimizerStep;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TokenBatch;
import java.util.function.BooleanSupplier;

/**
 * The empirical Fisher diagonal: the mean over sequences of the squared gradient of a sequence's
 * mean loss, without dropout. One sequence at a time, because squares of sums are not sums of
 * squares.
 */
final class FisherDiagonal {

  private FisherDiagonal() {}

  /**
   * Measures it, or a part; costs as much as training on those tokens. The parts of a measurement
   * add up in one order, so that where it was broken off changes no bit.
   *
   * @param llama the program that the stage trains with; its dropout is left out
   * @param weights where it is measured
   * @param gradients room for one sequence's gradients; zeros before and after
   * @param fisher what is added to; zeros before the first sequence
   * @param from sequences that are in it already
   * @param pause asked after every sequence but the last
   * @return sequences that are in it now; null when it is all of them
   */
  static Long measure(
      StageRun run,
      LlamaProgram llama,
      TensorSet weights,
      TensorSet gradients,
      TensorSet fisher,
      long from,
      BooleanSupplier pause) {
    int length = run.spec().mixture().sequenceLength();
    try (LoadedProgram program = llama.withDropout(Dropout.NONE).load();
        HeldOutWindows windows = windows(run, length)) {
      AnchorPull squares = new AnchorPull(program);
      TokenBatch sequence = new TokenBatch(1, length);
      long[] inputs = new long[length];
      long[] targets = new long[length];
      for (long w = from; w < windows.windows(); w++) {
        if (w > from && pause.getAsBoolean()) {
          return w;
        }
        if (windows.scored(w) == 0) {
          continue;
        }
        windows.read(w, inputs, targets);
        sequence.clear();
        sequence.add(inputs, targets);
        OptimizerStep mean = gradientOfMean(windows.scored(w));
        program.accumulate(sequence, 0, 1, mean, 0, weights, gradients);
        squares.addSquares(1.0 / windows.windows(), gradients, fisher);
      }
      return null;
    }
  }

  private static HeldOutWindows windows(StageRun run, int length) {
    HeldOutShard split = run.fisher();
    long most = run.spec().methodOrPlain().anchor().fisher().maxTokens();
    HeldOutWindows windows =
        new HeldOutWindows(
            new HeldOutShard(
                split.corpus(),
                split.shard(),
                split.endOfText(),
                Math.min(split.maxTokens(), most)),
            length,
            run.artifacts());
    if (windows.scoredTokens() == 0) {
      windows.close();
      throw new UnusableArtifactException(
          Problem.at(
              split.shard(),
              "fisher-empty",
              0,
              "The split has no tokens with a loss to measure the Fisher diagonal on.",
              "Give the corpus more documents or a larger held-out fraction."));
    }
    return windows;
  }

  /** Nothing is optimized here: only the number that the summed loss is divided by counts. */
  private static OptimizerStep gradientOfMean(long targets) {
    return new OptimizerStep(0, 0, 0, 1, 0, 0, 1, targets);
  }
}
