package io.holdfast.frontier.api;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.statistics.Measured;
import java.util.List;

/**
 * One point: fine-tuned weights and where they come from.
 *
 * @param recipe the recipe's name
 * @param seed the lineage's seed, from pretraining on
 * @param settings swept values that tell it from its siblings, and which point it is of its stage
 * @param point the stage's final weights, a mark on the way, or an interpolation
 * @param stages stage ids, in order
 * @param immediate L_im, or null until known
 * @param retained L_ret, or null until known
 * @param fineTuned L_ft, or null until known
 * @param pretrained L_pre, or null until known
 * @param onRetentionFrontier Pareto-optimal in (L_ret, L_ft) among its recipe's pooled checkpoints
 * @param onPretrainingFrontier Pareto-optimal in (L_pre, L_ret) likewise
 */
public record LineageView(
    String recipe,
    long seed,
    String settings,
    EvaluationPoint point,
    List<String> stages,
    Measured immediate,
    Measured retained,
    Measured fineTuned,
    Measured pretrained,
    boolean onRetentionFrontier,
    boolean onPretrainingFrontier) {}
