package io.holdfast.lm.program;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.holdfast.contracts.model.Architecture;
import java.util.List;

/**
 * A compiled {@link LlamaProgram}. Each method is one native call, runs on the calling thread, and
 * throws {@link EngineFailure} when libtorch fails. Losses are in nats. The weights that its
 * methods take are those that the program trains: the model's, or its adapters.
 */
public final class LoadedProgram implements AutoCloseable {

  private final LlamaProgram program;
  private final CompiledScript script;

  /** Null when the program has no adapters. */
  private final TensorSet fixed;

  LoadedProgram(LlamaProgram program, CompiledScript script, TensorSet fixed) {
    this.program = program;
    this.script = script;
    this.fixed = fixed;
  }

  public LlamaProgram program() {
    return program;
  }

  /**
   * What a step saw, before it changed the weights. When either is not finite, the weights and
   * moments are unchanged.
   *
   * @param loss mean over the global batch's targets
   * @param gradientNorm global L2 norm before clipping
   */
  public record StepResult(double loss, double gradientNorm) {
    public boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  /** Forward, backward, clipping and AdamW on a whole batch. */
  public StepResult trainStep(
      TokenBatch batch,
      OptimizerStep step,
      long dropoutSeed,
      TensorSet weights,
      TensorSet firstMoments,
      TensorSet secondMoments) {
    try (NDManager call = script.newCall()) {
      NDList arguments = tokens(call, batch, 0, batch.sequences());
      arguments.add(call.create(step.values(dropoutSeed)));
      addModel(arguments, weights);
      arguments.addAll(firstMoments.as("m[]"));
      arguments.addAll(secondMoments.as("v[]"));
      double[] result = script.run("train_step", arguments, call);
      return new StepResult(result[0], result[1]);
    }
  }

  /**
   * Forward and backward on a part of a batch; adds to the gradients.
   *
   * @return the part's summed loss, divided by the global batch's targets
   */
  public double accumulate(
      TokenBatch batch,
      int from,
      int count,
      OptimizerStep step,
      long dropoutSeed,
      TensorSet weights,
      TensorSet gradients) {
    try (NDManager call = script.newCall()) {
      NDList arguments = tokens(call, batch, from, count);
      arguments.add(call.create(step.values(dropoutSeed)));
      addModel(arguments, weights);
      arguments.addAll(gradients.as("g[]"));
      return script.run("accumulate", arguments, call)[0];
    }
  }

  /**
   * Clipping and AdamW with accumulated gradients, which are zeroed.
   *
   * @return the gradients' global L2 norm before clipping
   */
  public double apply(
      OptimizerStep step,
      TensorSet weights,
      TensorSet firstMoments,
      TensorSet secondMoments,
      TensorSet gradients) {
    try (NDManager call = script.newCall()) {
      NDList arguments = new NDList(call.create(step.values(0)));
      addModel(arguments, weights);
      arguments.addAll(firstMoments.as("m[]"));
      arguments.addAll(secondMoments.as("v[]"));
      arguments.addAll(gradients.as("g[]"));
      return script.run("apply", arguments, call)[0];
    }
  }

  /** Loss of each sequence of a batch, summed over its targets, without dropout. */
  public double[] windowLosses(TokenBatch batch, TensorSet weights) {
    try (NDManager call = script.newCall()) {
      NDList arguments = tokens(call, batch, 0, batch.sequences());
      addModel(arguments, weights);
      return script.run("window_losses", arguments, call);
    }
  }

  /**
   * Logits of the token behind each of a batch's tokens, without dropout: row-major [B, T, V].
   *
   * @return as many numbers as fit an array; for looking at a model, not for scoring text
   */
  public double[] logits(TokenBatch batch, TensorSet weights) {
    try (NDManager call = script.newCall()) {
      NDList arguments = new NDList(batch.inputs(call, 0, batch.sequences()));
      addModel(arguments, weights);
      return script.run("predict", arguments, call);
    }
  }

  /**
   * The model's own weights with adapters added to them, W + (α/r)·B·A in fp32. A tied output
   * projection that was adapted is a matrix of its own then.
   *
   * @param adapters of the program's layout
   */
  public TensorSet merged(TensorSet adapters) {
    Architecture merged = program.lora().merged(program.architecture());
    TensorSet whole = TensorSet.zeros(ParameterLayout.of(merged));
    try {
      whole.copyFrom(fixed);
      call("merge", new double[] {program.lora().scale()}, adapters.as("p[]"), whole.as("f[]"));
      return whole;
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  /** What is trained, and what is not. */
  private void addModel(NDList arguments, TensorSet weights) {
    arguments.addAll(weights.as("p[]"));
    if (fixed != null) {
      arguments.addAll(fixed.as("f[]"));
    }
  }

  /** Calls a method that takes some numbers and lists of tensors. */
  @SafeVarargs
  final double[] call(String method, double[] numbers, List<PtNDArray>... lists) {
    return script.call(method, numbers, lists);
  }

  private static NDList tokens(NDManager call, TokenBatch batch, int from, int count) {
    return new NDList(batch.inputs(call, from, count), batch.targets(call, from, count));
  }

  @Override
  public void close() {
    script.close();
  }
}
