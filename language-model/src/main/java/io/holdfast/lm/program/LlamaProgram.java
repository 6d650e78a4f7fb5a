package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
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
 * @param activations what is kept for the backward pass
 * @param lora adapters that are trained while the model's weights are not; null trains the weights
 * @param endOfText token that ends a document, across which attention does not go; null lets it
 */
public record LlamaProgram(
    Architecture architecture,
    Dropout dropout,
    Precision precision,
    Attention attention,
    Activations activations,
    Lora lora,
    Integer endOfText) {

  public LlamaProgram {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(dropout, "dropout");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(activations, "activations");
  }

  /** A program that trains all weights and keeps all activations. */
  public LlamaProgram(
      Architecture architecture, Dropout dropout, Precision precision, Attention attention) {
    this(architecture, dropout, precision, attention, Activations.KEPT, null, null);
  }

  /** The program for training, as it is fastest on what there is to compute on. */
  public static LlamaProgram forTraining(
      Architecture architecture, Dropout dropout, Precision precision) {
    return new LlamaProgram(architecture, dropout, precision, LibTorch.processor().attention());
  }

  /** The same with other dropout. */
  public LlamaProgram withDropout(Dropout other) {
    return new LlamaProgram(
        architecture, other, precision, attention, activations, lora, endOfText);
  }

  /** The same with adapters; null for none. */
  public LlamaProgram withAdapters(Lora adapters) {
    return new LlamaProgram(
        architecture, dropout, precision, attention, activations, adapters, endOfText);
  }

  /** The same with attention inside documents only; null for attention across them. */
  public LlamaProgram withinDocuments(Integer endOfText) {
    return new LlamaProgram(
        architecture, dropout, precision, attention, activations, lora, endOfText);
  }

  /** The same with other activations kept. */
  public LlamaProgram keeping(Activations activations) {
    return new LlamaProgram(
        architecture, dropout, precision, attention, activations, lora, endOfText);
  }

  /** What a step changes: the model's weights, or its adapters. */
  public ParameterLayout trained() {
    return lora == null ? ParameterLayout.of(architecture) : AdapterLayout.of(architecture, lora);
  }

  /** Whether training draws random numbers. */
  boolean drops() {
    return !dropout.equals(Dropout.NONE) || lora != null && lora.dropout() > 0;
  }

  int elementBytes() {
    return precision == Precision.BF16 ? 2 : Float.BYTES;
  }

  /** The program for evaluation, as it is fastest on what there is to compute on. */
  public static LlamaProgram forEvaluation(Architecture architecture, Precision precision) {
    return forTraining(architecture, Dropout.NONE, precision);
  }

  /** The program's text. */
  public String source() {
    return LlamaSource.of(this, HeadParts.of(this));
  }

  /** The program as {@code torch.jit.load} reads it, in Python too. */
  public byte[] archive() {
    return archive(HeadParts.of(this));
  }

  private byte[] archive(HeadParts parts) {
    return ScriptArchive.of(LlamaSource.CLASS_NAME, LlamaSource.of(this, parts));
  }

  /**
   * Compiles a program without adapters.
   *
   * @throws EngineFailure when libtorch refuses it
   */
  public LoadedProgram load() {
    return load(null);
  }

  /**
   * Compiles the program.
   *
   * @param fixed the weights beside the adapters, which the program uses in every call and does not
   *     own; null when it has no adapters
   * @throws EngineFailure when libtorch refuses it
   */
  public LoadedProgram load(TensorSet fixed) {
    return load(fixed, HeadParts.of(this));
  }

  LoadedProgram load(TensorSet fixed, HeadParts parts) {
    if ((lora == null) != (fixed == null)) {
      throw new IllegalArgumentException("fixed weights belong to adapters");
    }
    return new LoadedProgram(this, CompiledScript.load(archive(parts)), fixed);
  }
}
