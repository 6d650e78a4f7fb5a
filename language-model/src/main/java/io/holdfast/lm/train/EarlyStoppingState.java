package io.holdfast.lm.train;

import io.holdfast.contracts.stage.EarlyStopping;

/**
 * What the looks at the dev split have shown so far.
 *
 * @param looks number of looks
 * @param lastLoss dev loss of the last look, nats per token; null before the first
 * @param lastLookTokens trained tokens at the last look
 * @param bestLoss lowest dev loss, nats per token; null before the first look
 * @param bestStep optimizer step of the lowest dev loss
 * @param withoutImprovement looks in a row that were not lower than the lowest before
 */
record EarlyStoppingState(
    long looks,
    Double lastLoss,
    long lastLookTokens,
    Double bestLoss,
    long bestStep,
    int withoutImprovement) {

  static final EarlyStoppingState BEFORE_FIRST_LOOK =
      new EarlyStoppingState(0, null, 0, null, 0, 0);

  /** Whether enough tokens were trained since the last look. */
  boolean due(EarlyStopping rule, long tokens) {
    return tokens / rule.everyTokens() > lastLookTokens / rule.everyTokens();
  }

  /** Whether a loss would be the lowest so far; one that is not a number never is. */
  boolean improvedBy(double loss) {
    return bestLoss == null ? !Double.isNaN(loss) : loss < bestLoss;
  }

  EarlyStoppingState after(double loss, long step, long tokens) {
    return improvedBy(loss)
        ? new EarlyStoppingState(looks + 1, loss, tokens, loss, step, 0)
        : new EarlyStoppingState(
            looks + 1, loss, tokens, bestLoss, bestStep, withoutImprovement + 1);
  }

  boolean exhausted(EarlyStopping rule) {
    return withoutImprovement >= rule.patience();
  }
}
