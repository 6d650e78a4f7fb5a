package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A process of its own that trains a tiny model and says what its steps left in memory: in plain
 * steps, by every way of changing a gradient, or adapters within documents and in parts. Or it
 * generates with it.
 */
final class TinySteps {

  private static final Architecture MODEL =
      new Architecture(61, 16, 24, 1, 2, 1, 8, 16, 10_000, 1e-5, true, 0.02);

  private static final int END_OF_TEXT = 3;
  private static final int TARGETS = 16;

  private final LoadedProgram program;
  private final TokenBatch batch;
  private final TensorSet weights;
  private final TensorSet first;
  private final TensorSet second;
  private final TensorSet gradients;
  private final TensorSet copy;
  private final TensorSet fisher;

  private TinySteps(LlamaProgram tiny) {
    Architecture model = tiny.architecture();
    ParameterLayout layout = tiny.trained();
    this.program = tiny.load(tiny.lora() == null ? null : ProgramFixture.randomWeights(model, 1));
    this.batch = ProgramFixture.batch(new long[2][8], new long[2][8]);
    this.weights =
        tiny.lora() == null
            ? ProgramFixture.randomWeights(model, 1)
            : ProgramFixture.randomAdapters(tiny, 1);
    this.first = TensorSet.zeros(layout);
    this.second = TensorSet.zeros(layout);
    this.gradients = TensorSet.zeros(layout);
    this.copy = TensorSet.zeros(layout);
    this.fisher = TensorSet.zeros(layout);
  }

  public static void main(String[] arguments) {
    LlamaProgram tiny = LlamaProgram.forTraining(MODEL, Dropout.everywhere(0.1), Precision.BF16);
    int steps = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "answers" -> {
        TensorSet weights = ProgramFixture.randomWeights(MODEL, 1);
        OpenModel open = OpenModel.open(new TensorWeights(MODEL, weights), 16, Precision.BF16);
        measure(steps, number -> answer(open, number));
      }
      case "plain" -> {
        TinySteps run = new TinySteps(tiny.withDropout(Dropout.NONE));
        measure(steps, run::plain);
      }
      case "methods" -> {
        TinySteps run = new TinySteps(tiny);
        measure(steps, run::methods);
      }
      case "adapters" -> {
        Lora lora = new Lora(2, 4, 0.1, List.of(Target.Q_PROJ, Target.DOWN_PROJ, Target.LM_HEAD));
        TinySteps run = new TinySteps(tiny.withAdapters(lora).withinDocuments(END_OF_TEXT));
        measure(steps, run::parts);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void measure(int steps, IntConsumer step) {
    int warmUp = 500;
    for (int number = 1; number <= warmUp; number++) {
      step.accept(number);
    }
    long handles = NativeHandles.count();
    long bytes = NativeHeap.bytesInUse();
    long resident = NativeHeap.residentBytes();
    for (int number = warmUp + 1; number <= warmUp + steps; number++) {
      step.accept(number);
    }
    System.out.println("resident " + (NativeHeap.residentBytes() - resident));
    System.out.println("handles " + (NativeHandles.count() - handles));
    System.out.println("bytes " + (NativeHeap.bytesInUse() - bytes));
  }

  /** A batch is read, generated, made smaller, and another is scored meanwhile. */
  private static void answer(OpenModel open, int number) {
    long[] lengths = {1, 2, 3, 4, 5, 6, 7, 8};
    Choice choice = new Choice(1, 5, 0.9);
    open.read(new long[8][8], lengths, 8, new double[8], choice);
    open.score(new long[3][16], new long[] {number % 48}, new long[] {5});
    open.generate(lengths, lengths, 8, 0, new double[8][3], choice);
    open.retain(new long[] {1, 2, 3, 4});
    open.generate(new long[4], new long[] {2, 3, 4, 5}, 8, 3, new double[4][4], choice);
    open.forget();
  }

  private void plain(int number) {
    program.trainStep(batch, ProgramFixture.step(number, TARGETS), number, weights, first, second);
  }

  private void parts(int number) {
    OptimizerStep step = ProgramFixture.step(number, TARGETS);
    program.accumulate(batch, 0, 1, step, number, weights, gradients);
    program.accumulate(batch, 1, 1, step, number, weights, gradients);
    program.apply(step, weights, first, second, gradients);
  }

  private void methods(int number) {
    OptimizerStep step = ProgramFixture.step(number, TARGETS);
    SharpnessMoves moves = new SharpnessMoves(program);
    AnchorPull anchor = new AnchorPull(program);
    program.accumulate(batch, 0, 2, step, number, weights, gradients);
    moves.up(0.05, weights, gradients, copy);
    program.accumulate(batch, 0, 2, step, number, weights, gradients);
    moves.down(weights, copy);
    anchor.addSquares(0.5, gradients, fisher);
    anchor.add(0.1, weights, copy, gradients);
    anchor.add(0.1, weights, copy, fisher, gradients);
    program.apply(step, weights, first, second, gradients);
  }
}
