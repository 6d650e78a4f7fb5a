package io.holdfast.lm.train;

/**
 * Where a stage is.
 *
 * @param step optimizer steps done
 * @param steps optimizer steps of the whole stage, before any early stop
 * @param tokens trained tokens so far
 * @param totalTokens tokens of the whole stage
 * @param lossNatsPerToken mean training loss over the tokens since the last report
 * @param devLossNatsPerToken last loss on the dev split, or null
 * @param learningRate of the last step
 * @param tokensPerSecond since the last report, dev evaluations and checkpoints excluded
 */
public record StageProgress(
    long step,
    long steps,
    long tokens,
    long totalTokens,
    double lossNatsPerToken,
    Double devLossNatsPerToken,
    double learningRate,
    double tokensPerSecond) {}
