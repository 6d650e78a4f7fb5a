package io.holdfast.lm.program;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A Llama with its training step and its evaluation as a TorchScript program, so that one native
 * call runs forward, backward, clipping and AdamW.
 *
 * @param architecture the model
 * @param dropout dropout in training; evaluation has none
 * @param precision number format of activations and matrix products. Norm statistics, the residual
 *     stream, the loss, gradients and weights are fp32 in either
 * @param attention how attention is computed
 */
public record LlamaProgram(
    Architecture architecture, Dropout dropout, Precision precision, Attention attention) {

  public LlamaProgram {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(dropout, "dropout");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(attention, "attention");
  }

  /** The program for training on sequences of a length. */
  public static LlamaProgram forTraining(
      Architecture architecture, Dropout dropout, Precision precision, int sequenceLength) {
    return new LlamaProgram(
        architecture, dropout, precision, Attention.forLength(sequenceLength, dropout));
  }

  /** The program for evaluation on windows of a length. */
  public static LlamaProgram forEvaluation(
      Architecture architecture, Precision precision, int sequenceLength) {
    return forTraining(architecture, Dropout.NONE, precision, sequenceLength);
  }

  /** The program's text. */
  public String source() {
    return LlamaSource.of(this);
  }

  /** The program as {@code torch.jit.load} reads it, in Python too. */
  public byte[] archive() {
    return ScriptArchive.of(LlamaSource.CLASS_NAME, source());
  }

  /**
   * Compiles the program.
   *
   * @throws EngineFailure when libtorch refuses it
   */
  public LoadedProgram load() {
    PtNDManager manager = LibTorch.newManager();
    try {
      var module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive()), false, false);
      return new LoadedProgram(this, manager, module);
    } catch (EngineException e) {
      manager.close();
      throw EngineFailure.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
