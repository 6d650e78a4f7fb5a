package io.holdfast.benchmarks;

import ai.djl.ndarray.NDArray;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.MicroBatch;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What this machine's matrix products reach through the engine's libtorch and with its thread
 * count; prints one JSON line. The peak is the best of large squares; beside it the model's own
 * matrices, each as forward product, input gradient and weight gradient, with nothing between them:
 * what a training step would reach if it were products only.
 */
@Command(
    name = "matmul-products",
    mixinStandardHelpOptions = true,
    description = "Times matrix products of the engine's libtorch.")
final class MatmulProducts implements Runnable {

  private static final long[] SQUARES = {1024, 2048};

  /** A timing lasts at least this long, and the best of this many counts. */
  private static final double SECONDS = 0.05;

  private static final int TIMINGS = 5;

  /** Each method repeats its product, so that conversion to bf16 falls out of a difference. */
  private static final String METHODS =
      """
        def first(self, z: Tensor) -> Tensor:
          return torch.to(torch.select(torch.flatten(z), 0, 0), 7)
        def square(self, a: Tensor, b: Tensor, count: Tensor) -> Tensor:
          a = torch.to(a, $TYPE)
          b = torch.to(b, $TYPE)
          z = torch.matmul(a, b)
          for i in range(int(count) - 1):
            z = torch.matmul(a, b)
          return self.first(z)
        def outputs(self, x: Tensor, w: Tensor, count: Tensor) -> Tensor:
          x = torch.to(x, $TYPE)
          w = torch.to(w, $TYPE)
          z = torch.linear(x, w)
          for i in range(int(count) - 1):
            z = torch.linear(x, w)
          return self.first(z)
        def input_gradients(self, y: Tensor, w: Tensor, count: Tensor) -> Tensor:
          y = torch.to(y, $TYPE)
          w = torch.to(w, $TYPE)
          z = torch.matmul(y, w)
          for i in range(int(count) - 1):
            z = torch.matmul(y, w)
          return self.first(z)
        def weight_gradients(self, y: Tensor, x: Tensor, count: Tensor) -> Tensor:
          y = torch.to(y, $TYPE)
          x = torch.to(x, $TYPE)
          z = torch.matmul(torch.t(y), x)
          for i in range(int(count) - 1):
            z = torch.matmul(torch.t(y), x)
          return self.first(z)
      """;

  @Option(names = "--model", required = true, description = "quickstart, 5.4M, 135M or 1B")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  /** A matrix of the model and how many of it there are. */
  record Shape(long outputs, long inputs, int count) {}

  /** One line of output, GFLOP/s. */
  record Speeds(double square, double shapes) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    String type = precision == Precision.BF16 ? "15" : "6";
    try (TorchScript script = new TorchScript(METHODS.replace("$TYPE", type))) {
      double square = 0;
      for (long n : SQUARES) {
        square = Math.max(square, square(script, n));
      }
      System.out.println(Json.write(new Speeds(square, shapes(script, size))));
    }
  }

  private static double square(TorchScript script, long n) {
    try (NDArray a = script.random(n, n);
        NDArray b = script.random(n, n)) {
      return 2e-9 * n * n * n / seconds(script, "square", a, b);
    }
  }

  private double shapes(TorchScript script, ModelSize size) {
    long rows = rowsPerCall(size);
    double gigaflop = 0;
    double seconds = 0;
    for (Shape shape : shapes(size.architecture())) {
      gigaflop += shape.count * 6e-9 * rows * shape.outputs * shape.inputs;
      try (NDArray x = script.random(rows, shape.inputs);
          NDArray y = script.random(rows, shape.outputs);
          NDArray w = script.random(shape.outputs, shape.inputs)) {
        seconds +=
            shape.count
                * (seconds(script, "outputs", x, w)
                    + seconds(script, "input_gradients", y, w)
                    + seconds(script, "weight_gradients", y, x));
      }
    }
    return gigaflop / seconds;
  }

  /** Tokens that a stage sends through the model in one call. */
  private long rowsPerCall(ModelSize size) {
    return (long) size.context() * MicroBatch.sequences(size.context(), size.batch());
  }

  static List<Shape> shapes(Architecture model) {
    long hidden = model.hiddenSize();
    long keys = (long) model.kvHeads() * model.headSize();
    int layers = model.layers();
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new Shape((long) model.heads() * model.headSize(), hidden, layers));
    shapes.add(new Shape(keys, hidden, 2 * layers));
    shapes.add(new Shape(hidden, (long) model.heads() * model.headSize(), layers));
    shapes.add(new Shape(model.intermediateSize(), hidden, 2 * layers));
    shapes.add(new Shape(hidden, model.intermediateSize(), layers));
    shapes.add(new Shape(model.vocabSize(), hidden, 1));
    return shapes;
  }

  /** Seconds of one product. */
  private static double seconds(TorchScript script, String method, NDArray a, NDArray b) {
    try (NDArray one = script.number(1)) {
      script.seconds(method, a, b, one);
      int count = 1 + (int) Math.ceil(SECONDS / script.seconds(method, a, b, one));
      try (NDArray many = script.number(1 + count)) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TIMINGS; i++) {
          double single = script.seconds(method, a, b, one);
          best = Math.min(best, (script.seconds(method, a, b, many) - single) / count);
        }
        return best;
      }
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new MatmulProducts(), arguments));
  }
}
