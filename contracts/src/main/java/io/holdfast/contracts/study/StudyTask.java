package io.holdfast.contracts.study;

import io.holdfast.contracts.evaluation.TaskEvaluation;

/**
 * A task that a study scores its models on.
 *
 * @param evaluation what is scored
 * @param metric the one that gives the study a plane of its own beside L_ret; null for the first
 *     that the task has
 */
public record StudyTask(TaskEvaluation evaluation, String metric) {}
