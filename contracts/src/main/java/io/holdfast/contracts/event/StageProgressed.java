package io.holdfast.contracts.event;

/**
 * A stage is being trained. Throttled and best effort: a lost one is replaced by the next.
 *
 * @param stageId which stage
 * @param attempt as in {@link StageRequested}
 * @param step optimizer steps done
 * @param steps optimizer steps of the whole stage, before any early stop
 * @param tokens trained tokens so far
 * @param totalTokens tokens of the whole stage
 * @param lossNatsPerToken mean training loss since the last report
 * @param devLossNatsPerToken last loss on the dev split, or null
 * @param learningRate of the last step
 * @param tokensPerSecond since the last report
 * @param worker which pod trains it
 */
public record StageProgressed(
    String stageId,
    int attempt,
    long step,
    long steps,
    long tokens,
    long totalTokens,
    double lossNatsPerToken,
    Double devLossNatsPerToken,
    double learningRate,
    double tokensPerSecond,
    String worker)
    implements StageEvent {}
