package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.law.LawPoint;

/**
 * A fine-tuned checkpoint as the scaling laws see it.
 *
 * @param upstream name of the first recipe with the same stages before fine-tuning; runs of one law
 *     share it
 * @param stageId the fine-tuning stage
 * @param seed of the lineage
 * @param pretraining loss on pretraining data, or null when it or its value before is unknown
 * @param postTraining loss on post-training data, or null likewise
 * @param fineTuning loss on fine-tuning data
 */
public record LawRun(
    String upstream,
    String stageId,
    long seed,
    LawPoint pretraining,
    LawPoint postTraining,
    LawPoint fineTuning) {}
