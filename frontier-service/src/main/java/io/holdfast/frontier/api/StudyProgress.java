package io.holdfast.frontier.api;

/**
 * How far a study is.
 *
 * @param stages stages in the tree; each is trained once
 * @param trained stages whose checkpoint exists
 * @param training stages that a trainer works on now
 * @param failed stages that failed
 * @param blocked stages that wait for a failed one
 * @param evaluations wanted evaluations of checkpoints on held-out sets
 * @param evaluated those that are there
 * @param tokens trained tokens so far, counting reused stages as trained
 * @param totalTokens tokens of all stages before any early stop; of a trained stage its real number
 * @param tokensPerSecond of all trainers together, now; 0 when none trains
 * @param etaSeconds estimated time to the last training step, or null while no speed is known or
 *     nothing is left
 */
public record StudyProgress(
    int stages,
    int trained,
    int training,
    int failed,
    int blocked,
    int evaluations,
    int evaluated,
    long tokens,
    long totalTokens,
    double tokensPerSecond,
    Double etaSeconds) {}
