/**
 * Studies as designed experiments: losses along a knob, knobs crossed with each other, and what the
 * loss before fine-tuning says about the loss after it. Everything is paired by seed.
 */
package io.holdfast.frontier.statistics.design;
