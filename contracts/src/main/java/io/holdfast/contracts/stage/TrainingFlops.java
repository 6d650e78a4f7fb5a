package io.holdfast.contracts.stage;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;

/**
 * Floating-point operations of a stage, counted as in {@link Architecture#trainingFlopsPerToken}: a
 * matrix product costs 2 per weight forward, 2 for its input's gradient and 2 for its weights'.
 * Elementwise work is not counted.
 *
 * @param perToken of one trained token
 * @param once before the first step, whatever the budget
 */
public record TrainingFlops(double perToken, double once) {

  /** What a stage costs. */
  public static TrainingFlops of(StageSpec spec) {
    return of(spec.architecture(), spec.mixture().sequenceLength(), spec.methodOrPlain());
  }

  /** What training a model by a method on sequences of a length costs. */
  public static TrainingFlops of(Architecture model, int sequenceLength, Method method) {
    double full = model.trainingFlopsPerToken(sequenceLength);
    double pass = method.lora() == null ? full : withAdapters(full, model, method.lora());
    // SAM takes the gradient twice: where the weights are, and where the loss is worst nearby.
    int passes = method.sharpnessRadius() == null ? 1 : 2;
    return new TrainingFlops(
        passes * pass, method.fisher().map(Fisher::maxTokens).orElse(0L) * full);
  }

  /** A gradient pass that leaves the weights' own gradients out; adapters are trained whole. */
  private static double withAdapters(double full, Architecture model, Lora lora) {
    double withoutAttention = model.trainingFlopsPerToken(0);
    return full - withoutAttention / 3 + 6.0 * parameters(model, lora);
  }

  /** Parameters of the adapters A [r, inputs] and B [outputs, r]. */
  private static long parameters(Architecture model, Lora lora) {
    long blocks = 0;
    long head = 0;
    for (Target target : lora.targets()) {
      long parameters = (long) lora.rank() * inputsAndOutputs(model, target);
      if (target == Target.LM_HEAD) {
        head += parameters;
      } else {
        blocks += parameters;
      }
    }
    return model.layers() * blocks + head;
  }

  private static int inputsAndOutputs(Architecture model, Target target) {
    return switch (target) {
      case Q_PROJ, O_PROJ -> model.hiddenSize() + model.heads() * model.headSize();
      case K_PROJ, V_PROJ -> model.hiddenSize() + model.kvHeads() * model.headSize();
      case GATE_PROJ, UP_PROJ, DOWN_PROJ -> model.hiddenSize() + model.intermediateSize();
      case LM_HEAD -> model.hiddenSize() + model.vocabSize();
    };
  }

  /** The most tokens that cost no more; negative when what is done once costs more. */
  public long tokensFor(double flops) {
    return (long) Math.floor((flops - once) / perToken);
  }

  /** Of a whole stage that trains on so many tokens. */
  public double ofTokens(long tokens) {
    return once + perToken * tokens;
  }
}
