package io.holdfast.lm.train;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.lm.checkpoint.AdapterContents;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.TensorSet;
import java.util.List;

/**
 * The model that a stage's trained tensors make: they are its weights, or adapters that are merged
 * into them for as long as this is open. Children and evaluations see a plain Llama either way.
 */
final class TrainedModel implements AutoCloseable {

  private final StageRun run;
  private final TensorSet trained;

  /** Null without adapters. */
  private final TensorSet merged;

  TrainedModel(StageRun run, LoadedProgram program, TensorSet trained) {
    this.run = run;
    this.trained = trained;
    this.merged = program.program().lora() == null ? null : program.merged(trained);
  }

  Architecture architecture() {
    return run.spec().resultArchitecture();
  }

  List<NamedTensor> weights() {
    return (merged == null ? trained : merged).named("");
  }

  /** The adapters by themselves, or null without. */
  AdapterContents adapter() {
    Lora lora = run.spec().methodOrPlain().lora();
    return lora == null
        ? null
        : new AdapterContents(lora, run.parentCheckpoint(), trained.named(""));
  }

  @Override
  public void close() {
    if (merged != null) {
      merged.close();
    }
  }
}
