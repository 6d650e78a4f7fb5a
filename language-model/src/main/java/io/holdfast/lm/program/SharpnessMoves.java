package io.holdfast.lm.program;

/**
 * Up to where sharpness-aware minimisation takes its gradient, and back (Foret et al., arXiv
 * 2010.01412, §2): θ + ρ g/‖g‖, with g and its norm over all trained tensors.
 */
public final class SharpnessMoves {

  private final LoadedProgram program;

  public SharpnessMoves(LoadedProgram program) {
    this.program = program;
  }

  /**
   * Keeps a copy of the weights, moves them by ρ g/‖g‖, and zeroes the gradients. Gradients that
   * are not finite make weights that are not: the next gradients show it.
   *
   * @param radius ρ
   * @param gradients g of the whole global batch
   * @param copy receives θ
   * @return ‖g‖
   */
  public double up(double radius, TensorSet weights, TensorSet gradients, TensorSet copy) {
    return program
        .call(
            "climb", new double[] {radius}, weights.as("p[]"), copy.as("k[]"), gradients.as("g[]"))[
        0];
  }

  /** Makes the weights bit by bit what they were; subtracting the move would round them. */
  public void down(TensorSet weights, TensorSet copy) {
    program.call("descend", new double[] {0}, weights.as("p[]"), copy.as("k[]"));
  }
}
