package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.program.ActivationMemory;
import io.holdfast.lm.program.AnchorPull;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.LoadedProgram.StepResult;
import io.holdfast.lm.program.MicroBatch;
import io.holdfast.lm.program.OptimizerStep;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A model in training: its program, weights and optimizer state. */
final class Learner implements AutoCloseable {

  private final StageSpec spec;
  private final int microBatch;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final LoadedProgram program;

  /** The model's weights beside adapters; null without. */
  private final TensorSet fixed;

  /** What is trained: the model's weights, or adapters. */
  private final TensorSet weights;

  private final TensorSet firstMoments;
  private final TensorSet secondMoments;

  /** Steps of earlier stages that are in the moments. */
  private long carriedSteps;

  /** Where gradients add up; null when a step is one call. */
  private final TensorSet gradients;

  /** Null without. */
  private final SharpnessAwareness sharpness;

  /** Null without. */
  private final WeightAnchor anchor;

  private Learner(StageRun run, TrainerState state) {
    this.spec = run.spec();
    Optimization optimization = spec.optimization();
    int length = spec.mixture().sequenceLength();
    long tensorBytes = TrainingMemory.ofTensors(spec);
    // The same numbers come out however much is kept, so the machine may decide anew at a resume.
    LlamaProgram llama =
        MicroBatch.fitting(
            StageProgram.of(run), length, ActivationMemory.availableBytes(tensorBytes));
    this.microBatch =
        state.microBatch() != null
            ? state.microBatch()
            : MicroBatch.sequences(
                llama, length, optimization.batchSequences(), ActivationMemory.limit(tensorBytes));
    this.carriedSteps = state.carriedSteps();
    ParameterLayout layout = llama.trained();
    Method method = spec.methodOrPlain();
    boolean inOneCall =
        microBatch >= optimization.batchSequences()
            && method.anchor() == null
            && method.sharpnessRadius() == null;
    try {
      this.fixed =
          method.lora() == null
              ? null
              : own(TensorSet.zeros(ParameterLayout.of(spec.architecture())));
      this.program = own(llama.load(fixed));
      this.weights = own(TensorSet.zeros(layout)).asParameters();
      this.firstMoments = own(TensorSet.zeros(layout));
      this.secondMoments = own(TensorSet.zeros(layout));
      this.gradients = inOneCall ? null : own(TensorSet.zeros(layout));
      this.sharpness =
          method.sharpnessRadius() == null
              ? null
              : own(new SharpnessAwareness(method.sharpnessRadius(), program, weights));
      this.anchor =
          method.anchor() == null
              ? null
              : own(new WeightAnchor(run, new AnchorPull(program), weights));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  /** A learner at step 0: random weights or the parent's, and moments of zero or the parent's. */
  static Learner fresh(StageRun run) {
    Learner learner = new Learner(run, TrainerState.START);
    try {
      learner.loadOrigin(run);
      if (run.spec().methodOrPlain().optimizerState() == OptimizerState.CARRY) {
        learner.carriedSteps =
            CarriedMoments.loadParents(run, learner.firstMoments, learner.secondMoments);
      }
      return learner;
    } catch (RuntimeException e) {
      learner.close();
      throw e;
    }
  }

  private void loadOrigin(StageRun run) {
    if (fixed == null) {
      StageOrigin.load(run, weights);
    } else {
      StageOrigin.load(run, fixed);
      InitialAdapters.fill(weights, spec.seed());
    }
  }

  /** A learner as a resumable checkpoint left it. */
  static Learner resumed(StageRun run, CheckpointDirectory checkpoint, TrainerState state) {
    Learner learner = new Learner(run, state);
    try (TensorSource weights = checkpoint.weights();
        Safetensors optimizer = checkpoint.optimizer()) {
      if (learner.fixed != null) {
        StageOrigin.load(run, learner.fixed);
      }
      learner.weights.load(weights, "");
      CarriedMoments.load(optimizer, learner.firstMoments, learner.secondMoments);
      if (learner.anchor != null) {
        learner.anchor.restore(optimizer, state.fisherSequences());
      }
      return learner;
    } catch (RuntimeException e) {
      learner.close();
      throw e;
    }
  }

  /**
   * Measures what the first step needs beside weights and moments; to be called before it.
   *
   * @param pause whether to break off; a checkpoint keeps what is measured by then
   * @return whether all of it is measured
   */
  boolean measure(StageRun run, BooleanSupplier pause) {
    return anchor == null || anchor.measure(run, program.program(), weights, gradients, pause);
  }

  /**
   * One optimizer step.
   *
   * @param step from 0
   */
  StepResult step(Batch batch, long step, double learningRate) {
    Optimization o = spec.optimization();
    OptimizerStep numbers =
        new OptimizerStep(
            learningRate,
            o.beta1(),
            o.beta2(),
            o.epsilon(),
            o.weightDecay(),
            o.clipNorm(),
            carriedSteps + step + 1,
            // A batch may consist of prompts alone: then its gradients are zero.
            Math.max(1, batch.scored()));
    if (gradients == null) {
      return program.trainStep(
          batch.asTokens(), numbers, dropoutSeed(step, 0), weights, firstMoments, secondMoments);
    }
    double loss = addGradients(batch, step, numbers);
    if (sharpness != null) {
      sharpness.replace(weights, gradients, () -> addGradients(batch, step, numbers));
    }
    if (anchor != null) {
      anchor.addTo(gradients, weights);
    }
    return new StepResult(
        loss, program.apply(numbers, weights, firstMoments, secondMoments, gradients));
  }

  /** Adds a batch's gradients, part by part; returns its loss. */
  private double addGradients(Batch batch, long step, OptimizerStep numbers) {
    double loss = 0;
    int part = 0;
    for (int from = 0; from < batch.sequences(); from += microBatch) {
      int count = Math.min(microBatch, batch.sequences() - from);
      long seed = dropoutSeed(step, part++);
      loss += program.accumulate(batch.asTokens(), from, count, numbers, seed, weights, gradients);
    }
    return loss;
  }

  private long dropoutSeed(long step, int part) {
    return Seeds.dropout(spec.seed(), step, part);
  }

  LoadedProgram program() {
    return program;
  }

  TensorSet weights() {
    return weights;
  }

  /** The model that trained tensors make; the caller closes it. */
  TrainedModel model(StageRun run, TensorSet trained) {
    return new TrainedModel(run, program, trained);
  }

  /** The optimizer's state as a resumable checkpoint takes it. */
  List<NamedTensor> optimizer() {
    List<NamedTensor> state = CarriedMoments.named(firstMoments, secondMoments);
    if (anchor != null) {
      state.addAll(anchor.state());
    }
    return state;
  }

  /** Whether the stage ends with its moments beside its weights. */
  boolean keepsMoments() {
    return spec.methodOrPlain().optimizerState() != null;
  }

  /** The moments that the stage ends with, for a child's sake; none unless it keeps them. */
  List<NamedTensor> keptMoments() {
    return keepsMoments() ? CarriedMoments.named(firstMoments, secondMoments) : List.of();
  }

  /** Optimizer steps of earlier stages whose moments this one went on with. */
  long carriedSteps() {
    return carriedSteps;
  }

  /** Where the learner stands beside its tensors. */
  TrainerState state(Position position, EarlyStoppingState stopping) {
    Long fisherSequences = anchor == null ? null : anchor.fisherSequences();
    return new TrainerState(position, stopping, carriedSteps, microBatch, fisherSequences);
  }

  /** Sequences in one call. */
  int microBatch() {
    return microBatch;
  }

  @Override
  public void close() {
    for (AutoCloseable resource : owned.reversed()) {
      closeUnchecked(resource);
    }
  }

  private static void closeUnchecked(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("native memory could not be freed", e);
    }
  }
}
