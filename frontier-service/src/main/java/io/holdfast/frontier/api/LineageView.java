package io.holdfast.frontier.api;

import io.holdfast.frontier.statistics.Measured;
import java.util.List;

/**
 * One point: a fine-tuned checkpoint and where it comes from.
 *
 * @param recipe the recipe's name
 * @param seed the lineage's seed, from pretraining on
 * @param settings swept values that tell it from its siblings; empty without a sweep
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
    List<String> stages,
    Measured immediate,
    Measured retained,
    Measured fineTuned,
    Measured pretrained,
    boolean onRetentionFrontier,
    boolean onPretrainingFrontier) {}
