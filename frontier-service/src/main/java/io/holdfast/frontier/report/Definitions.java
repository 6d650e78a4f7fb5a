package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.Metric;

/** What the terms mean, exactly. */
final class Definitions {

  static final String READING =
      "Losses are in nats per token: how badly a model predicts text that it has not seen, so lower"
          + " is better. A difference of 0.02 nats is 2 % in perplexity. What was learned in"
          + " post-training is kept when L_ret stays low; the price is paid in L_ft, how well the"
          + " new task was learned. Seeds are independent repetitions: what they agree on is no"
          + " accident of one run.";

  static final String FRONTIER =
      "The points of one recipe that no other point of it beats: none is at least as good on both"
          + " losses and better on one. Points of all seeds and settings are pooled. It is drawn in"
          + " two planes, (L_ret, L_ft) and (L_pre, L_ret); lower is better on every axis.";

  static final String COMPARISON =
      "The rule: for each seed and recipe, the Pareto-optimal checkpoints are joined by straight"
          + " lines. Both recipes are read off at five equally spaced values of the matched loss"
          + " inside the range that the curves of all paired seeds cover; nothing is extrapolated."
          + " “Each seed’s own range” is the mean height difference over the range that the seed’s"
          + " own two curves share. Gaps are paired by seed; sd is the sample standard deviation"
          + " over seeds, and the interval is Student’s t with n − 1 degrees of freedom.";

  static final String LAWS =
      "Forgetting: L = L0 + A·D_ft^β / ((1 + B·p)·N)^α, with L0 the loss before fine-tuning, N the"
          + " model’s parameters, D_ft the distinct tokens of the fine-tuning corpora that were"
          + " trained on and p the share of fine-tuning tokens that replay the data in question."
          + " Fine-tuning: L = A / (N^α·D_ft^β) + E (arXiv 2502.06042). Where runs differ in"
          + " nothing of that, the one with the lowest fine-tuning loss counts. Fitted by Huber’s"
          + " loss on the logarithms of the losses, from many starts; intervals are percentiles of"
          + " a bootstrap of the residuals, with a fixed random seed, and assume that relative"
          + " errors are alike everywhere.";

  static final String STATISTICS =
      "Seeds are the independent units: every interval and test is over n seeds, paired where"
          + " recipes are compared. The t interval assumes roughly normal values. The bootstrap"
          + " draws whole seeds with replacement (%d draws, random seed %d); an asterisk marks one"
          + " from fewer than %d seeds, which is too narrow. The sign-flip p is exact and assumes"
          + " nothing but symmetry; with n seeds it cannot be below 2^(1−n). A claim is settled"
          + " when its adjusted p is below 0.05.";

  static final String TASKS =
      "What the fine-tuned weights score on the tasks that the study names, with one standard error"
          + " over the task’s requests (over their groups where it has groups). The frontier of a"
          + " recipe is that of L_ret and the metric, each in its own direction.";

  static final String RETENTION =
      "Every evaluation of the final weights after each stage. Forgetting is the fall from the best"
          + " value at an earlier boundary to the last (Chaudhry et al., arXiv 1801.10112), so that"
          + " positive is forgotten; of a loss it is the rise above its earlier minimum. Backward"
          + " transfer is the last value less the one after the stage that first learned the data"
          + " (Lopez-Paz and Ranzato, arXiv 1706.08840), with the sign turned for losses, so that"
          + " positive is better: what fine-tuning learned, and tasks, which belong to no stage,"
          + " have none. Both are taken for each seed first. ↑ marks metrics of which higher is"
          + " better.";

  private Definitions() {}

  static String of(Metric metric) {
    String loss =
        "mean next-token cross-entropy in nats per token on the test split of the study’s ";
    return switch (metric) {
      case IMMEDIATE ->
          loss + "post-training corpus, of the checkpoint that fine-tuning starts from.";
      case RETAINED -> loss + "post-training corpus, of the fine-tuned checkpoint.";
      case FINE_TUNED -> loss + "fine-tuning corpus, of the fine-tuned checkpoint.";
      case PRETRAINED -> loss + "pretraining corpus, of the fine-tuned checkpoint.";
    };
  }
}
