package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;

/** A process of its own that trains a tiny model and says what its steps left in memory. */
final class TinySteps {

  private static final int WARM_UP = 500;

  private TinySteps() {}

  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[0]);
    Architecture model = new Architecture(61, 16, 24, 1, 2, 1, 8, 16, 10_000, 1e-5, true, 0.02);
    LlamaProgram tiny = LlamaProgram.forTraining(model, Dropout.everywhere(0.1), Precision.BF16, 8);
    TokenBatch batch = ProgramFixture.batch(new long[2][8], new long[2][8]);
    try (LoadedProgram program = tiny.load();
        TensorSet weights = ProgramFixture.randomWeights(model, 1);
        TensorSet first = ProgramFixture.zeros(model);
        TensorSet second = ProgramFixture.zeros(model);
        TensorSet gradients = ProgramFixture.zeros(model);
        TensorSet copy = ProgramFixture.zeros(model);
        TensorSet fisher = ProgramFixture.zeros(model)) {
      SharpnessMoves moves = new SharpnessMoves(program);
      AnchorPull anchor = new AnchorPull(program);
      long handles = 0;
      long bytes = 0;
      for (int number = 1; number <= WARM_UP + steps; number++) {
        OptimizerStep step = ProgramFixture.step(number, 16);
        if (number % 4 == 0) {
          // Every way of changing a gradient, and then the step itself.
          program.accumulate(batch, 0, 2, step, number, weights, gradients);
          moves.up(0.05, weights, gradients, copy);
          program.accumulate(batch, 0, 2, step, number, weights, gradients);
          moves.down(weights, copy);
          anchor.addSquares(0.5, gradients, fisher);
          anchor.add(0.1, weights, copy, gradients);
          anchor.add(0.1, weights, copy, fisher, gradients);
          program.apply(step, weights, first, second, gradients);
        } else {
          program.trainStep(batch, step, number, weights, first, second);
        }
        if (number == WARM_UP) {
          handles = NativeHandles.count();
          bytes = NativeHeap.bytesInUse();
        }
      }
      System.out.println("handles " + (NativeHandles.count() - handles));
      System.out.println("bytes " + (NativeHeap.bytesInUse() - bytes));
    }
  }
}
