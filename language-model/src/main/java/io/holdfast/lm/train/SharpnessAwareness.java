package io.holdfast.lm.train;

import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.SharpnessMoves;
import io.holdfast.lm.program.TensorSet;

/**
 * Replaces a batch's gradient by the one at the worst point nearby. Both are the whole global
 * batch's, under the same dropout masks. An anchor pulls from where the weights are, not from
 * there.
 */
final class SharpnessAwareness implements AutoCloseable {

  private final double radius;
  private final SharpnessMoves moves;
  private final TensorSet copy;

  /**
   * Awareness with a radius ρ.
   *
   * @param trained the tensors that are trained, as their gradients are laid out
   */
  SharpnessAwareness(double radius, LoadedProgram program, TensorSet trained) {
    this.radius = radius;
    this.moves = new SharpnessMoves(program);
    this.copy = TensorSet.zeros(trained.layout());
  }

  /**
   * Replaces the gradients; the trained tensors are bit by bit the same afterwards, be it that
   * memory ran out up there.
   *
   * @param batchGradients adds the batch's gradients at wherever the tensors are
   */
  void replace(TensorSet trained, TensorSet gradients, Runnable batchGradients) {
    moves.up(radius, trained, gradients, copy);
    try {
      batchGradients.run();
    } finally {
      moves.down(trained, copy);
    }
  }

  @Override
  public void close() {
    copy.close();
  }
}
