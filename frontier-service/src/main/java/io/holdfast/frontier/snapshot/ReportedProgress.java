package io.holdfast.frontier.snapshot;

/**
 * What a trainer last said about a stage.
 *
 * @param step optimizer steps done
 * @param steps of the whole stage before any early stop
 * @param tokens trained tokens so far
 * @param totalTokens of the whole stage
 * @param lossNatsPerToken mean training loss since the report before
 * @param devLossNatsPerToken last loss on the dev split, or null
 * @param learningRate of the last step
 * @param tokensPerSecond since the report before
 * @param worker which trainer
 */
public record ReportedProgress(
    long step,
    long steps,
    long tokens,
    long totalTokens,
    double lossNatsPerToken,
    Double devLossNatsPerToken,
    double learningRate,
    double tokensPerSecond,
    String worker) {}
