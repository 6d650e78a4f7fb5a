/**
 * The scaling laws of fine-tuning and forgetting (arXiv 2502.06042), fitted to what studies
 * measured: {@link io.holdfast.frontier.law.LawForm} is the formula, {@link
 * io.holdfast.frontier.law.RobustFit} finds its parameters, {@link io.holdfast.frontier.law.LawFit}
 * says how sure they are and predicts. Pure functions.
 */
package io.holdfast.frontier.law;
