/**
 * Scores of tasks: prompts, what a model answers, and metrics with their standard errors. Pure but
 * for the engine that answers; {@code docs/guides/evaluation.md} has the definitions.
 */
package io.holdfast.eval.task;
