package io.holdfast.lm.train;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.evaluate.HeldOutLoss;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.TensorSet;
import java.util.List;

/** Looks at the dev split now and then, and keeps the weights that did best on it. */
final class EarlyStopper implements AutoCloseable {

  /** Null when the stage trains its whole budget. */
  private final EarlyStopping rule;

  private final HeldOutWindows windows;
  private final int sequenceLength;
  private EarlyStoppingState state;

  /** Null before the first look. */
  private TensorSet best;

  /**
   * A stopper for a stage.
   *
   * @param state what earlier attempts have seen
   */
  EarlyStopper(StageRun run, EarlyStoppingState state) {
    this.rule = run.spec().earlyStopping();
    this.sequenceLength = run.spec().mixture().sequenceLength();
    this.state = state;
    this.windows = rule == null ? null : windows(run);
  }

  private static HeldOutWindows windows(StageRun run) {
    HeldOutShard dev = run.dev();
    long maxTokens = Math.min(dev.maxTokens(), run.spec().earlyStopping().maxTokens());
    return new HeldOutWindows(
        new HeldOutShard(dev.corpus(), dev.shard(), dev.endOfText(), maxTokens),
        run.spec().mixture().sequenceLength(),
        run.artifacts());
  }

  /** Takes the best weights of an earlier attempt. */
  void restore(Learner learner, CheckpointDirectory checkpoint) {
    if (state.bestLoss() == null) {
      return;
    }
    try (Safetensors file = checkpoint.bestWeights().orElseThrow()) {
      best = TensorSet.zeros(learner.weights().layout());
      best.load(file, "");
    }
  }

  /** Looks when enough tokens were trained since the last look. */
  void lookIfDue(Learner learner, Position position) {
    if (rule != null && state.due(rule, position.tokens())) {
      look(learner, position);
    }
  }

  /** Looks once more, unless the last look saw these very weights. */
  void lookAtTheEnd(Learner learner, Position position) {
    if (rule != null && state.lastLookTokens() < position.tokens()) {
      look(learner, position);
    }
  }

  private void look(Learner learner, Position position) {
    double loss =
        HeldOutLoss.measure(learner.program(), learner.weights(), windows, sequenceLength)
            .lossNatsPerToken();
    if (state.improvedBy(loss)) {
      if (best == null) {
        best = TensorSet.zeros(learner.weights().layout());
      }
      best.copyFrom(learner.weights());
    }
    state = state.after(loss, position.step(), position.tokens());
  }

  boolean exhausted() {
    return rule != null && state.exhausted(rule);
  }

  EarlyStoppingState state() {
    return state;
  }

  /** The weights that the stage ends with. */
  TensorSet kept(Learner learner) {
    return best == null ? learner.weights() : best;
  }

  /** The best weights as a checkpoint takes them; none before the first look. */
  List<NamedTensor> bestWeights() {
    return best == null ? List.of() : best.named("");
  }

  @Override
  public void close() {
    if (windows != null) {
      windows.close();
    }
    if (best != null) {
      best.close();
    }
  }
}
