package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A process of its own that measures how much memory one call's activations take. Every large
 * tensor must have pages of its own ({@code MALLOC_MMAP_THRESHOLD_=65536}), so that what is freed
 * is seen.
 */
final class ActivationPeaks {

  /** Shapes to measure. */
  record Shape(
      int width,
      int inner,
      int layers,
      int heads,
      int keyHeads,
      int vocabulary,
      int length,
      int sequences,
      double dropout,
      Activations activations,
      Precision precision,
      String method) {

    static Shape parse(String text) {
      String[] parts = text.strip().split(" +");
      int[] n = new int[8];
      for (int i = 0; i < n.length; i++) {
        n[i] = Integer.parseInt(parts[i]);
      }
      return new Shape(
          n[0],
          n[1],
          n[2],
          n[3],
          n[4],
          n[5],
          n[6],
          n[7],
          Double.parseDouble(parts[8]),
          Activations.valueOf(parts[9]),
          Precision.valueOf(parts[10]),
          parts.length > 11 ? parts[11] : "");
    }

    LlamaProgram program() {
      Architecture model =
          new Architecture(
              vocabulary,
              width,
              inner,
              layers,
              heads,
              keyHeads,
              width / heads,
              length,
              10_000,
              1e-5,
              true,
              0.02);
      Dropout d = dropout == 0 ? Dropout.NONE : Dropout.everywhere(dropout);
      LlamaProgram plain =
          new LlamaProgram(model, d, precision, Attention.PLAIN).keeping(activations);
      Lora lora = new Lora(8, 16, 0.1, List.of(Target.Q_PROJ, Target.DOWN_PROJ, Target.LM_HEAD));
      return switch (method) {
        case "adapters" -> plain.withAdapters(lora);
        case "documents" -> plain.withinDocuments(0);
        default -> plain;
      };
    }
  }

  private ActivationPeaks() {}

  /** Peak over what was resident before, the gradients of the call among it. */
  static long measure(Shape shape) throws IOException {
    LlamaProgram llama = shape.program();
    Random random = new Random(1);
    ParameterLayout model = ParameterLayout.of(llama.architecture());
    try (TensorSet fixed = llama.lora() == null ? null : TensorSet.zeros(model);
        LoadedProgram program = llama.load(fixed);
        TensorSet weights = TensorSet.zeros(llama.trained()).asParameters();
        TensorSet gradients = TensorSet.zeros(llama.trained())) {
      for (int i = 0; i < weights.layout().size(); i++) {
        ProgramFixture.fill(weights, i, () -> random.nextFloat() * 0.02);
        ProgramFixture.fill(gradients, i, () -> 0);
      }
      TokenBatch batch = new TokenBatch(shape.sequences(), shape.length());
      for (int b = 0; b < shape.sequences(); b++) {
        long[] ids = random.longs(shape.length(), 0, shape.vocabulary()).toArray();
        batch.add(ids, ids);
      }
      OptimizerStep step = ProgramFixture.step(1, (long) shape.sequences() * shape.length());
      // Kernels are chosen and threads made at the first call.
      program.accumulate(batch, 0, 1, step, 0, weights, gradients);
      long before = NativeHeap.residentBytes();
      NativeHeap.forgetPeak();
      program.accumulate(batch, 0, shape.sequences(), step, 0, weights, gradients);
      return NativeHeap.peakBytes() - before;
    }
  }

  public static void main(String[] shapes) throws IOException {
    for (String text : shapes) {
      Shape shape = Shape.parse(text);
      LlamaProgram program = shape.program();
      System.out.printf(
          "%s | %d %d %d%n",
          text,
          measure(shape) >> 10,
          new ActivationEstimate(program, shape.length()).bytes(shape.sequences()) >> 10,
          Float.BYTES * program.trained().elements() >> 10);
    }
  }
}
