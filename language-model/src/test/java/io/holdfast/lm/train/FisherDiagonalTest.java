package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.OracleLlama;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FisherDiagonalTest {

  @TempDir Path root;

  /** The mean of squares, sequence by sequence, of the plain NDArray model's gradients. */
  private static Map<String, double[]> expected(StageRun run, TensorSet weights) {
    Map<String, double[]> fisher = new HashMap<>();
    var split = new HeldOutShard("dev", run.fisher().shard(), run.fisher().endOfText(), 100);
    try (HeldOutWindows windows = new HeldOutWindows(split, StageFixture.LENGTH, run.artifacts())) {
      assertThat(windows.windows()).isEqualTo(7);
      long[][] inputs = new long[1][StageFixture.LENGTH];
      long[][] targets = new long[1][StageFixture.LENGTH];
      for (int w = 0; w < windows.windows(); w++) {
        windows.read(w, inputs[0], targets[0]);
        try (OracleLlama oracle = new OracleLlama(StageFixture.MODEL, weights)) {
          oracle
              .lossAndGradients(inputs, targets)
              .gradients()
              .forEach(
                  (name, gradient) -> {
                    double[] mean = fisher.computeIfAbsent(name, n -> new double[gradient.length]);
                    for (int i = 0; i < mean.length; i++) {
                      mean[i] += (double) gradient[i] * gradient[i] / 7;
                    }
                  });
        }
      }
    }
    return fisher;
  }

  @Test
  void isTheMeanSquareOfEverySequencesGradient() {
    StageRun run =
        StageFixture.in(root)
            .withOptimization(StageFixture.steady())
            .withMethod(Methods.consolidated(1))
            .run("stage");
    ParameterLayout layout = ParameterLayout.of(StageFixture.MODEL);
    try (TensorSet weights = TensorSet.zeros(layout).asParameters();
        TensorSet gradients = TensorSet.zeros(layout);
        TensorSet fisher = TensorSet.zeros(layout)) {
      InitialWeights.fill(weights, StageFixture.MODEL, 3);
      Map<String, double[]> expected = expected(run, weights);

      Long seen = measure(run, weights, gradients, fisher, 0, () -> true);
      assertThat(seen).as("stopped after every sequence").isEqualTo(1);
      while (seen != null) {
        seen = measure(run, weights, gradients, fisher, seen, () -> true);
      }

      for (int i = 0; i < layout.size(); i++) {
        double[] wanted = expected.get(layout.names().get(i));
        float[] found = fisher.values(i);
        double difference = 0;
        double norm = 0;
        for (int j = 0; j < wanted.length; j++) {
          difference += Math.pow(found[j] - wanted[j], 2);
          norm += wanted[j] * wanted[j];
        }
        // Twice a gradient's relative error, as squares have it.
        assertThat(Math.sqrt(difference / norm)).as(layout.names().get(i)).isLessThan(2e-5);
        assertThat(gradients.values(i)).containsOnly(0);
      }
    }
  }

  private static Long measure(
      StageRun run,
      TensorSet weights,
      TensorSet gradients,
      TensorSet fisher,
      long from,
      BooleanSupplier pause) {
    return FisherDiagonal.measure(
        run, StageProgram.of(run), weights, gradients, fisher, from, pause);
  }

  @Test
  void aMeasurementInPartsIsTheSameBitByBit() {
    StageRun run = StageFixture.in(root).withMethod(Methods.consolidated(1)).run("stage");
    ParameterLayout layout = ParameterLayout.of(StageFixture.MODEL);
    try (TensorSet weights = TensorSet.zeros(layout).asParameters();
        TensorSet gradients = TensorSet.zeros(layout);
        TensorSet whole = TensorSet.zeros(layout);
        TensorSet parts = TensorSet.zeros(layout)) {
      InitialWeights.fill(weights, StageFixture.MODEL, 3);
      assertThat(measure(run, weights, gradients, whole, 0, () -> false)).isNull();
      Iterator<Boolean> pauses = List.of(false, false, true).iterator();
      Long seen = measure(run, weights, gradients, parts, 0, pauses::next);
      assertThat(seen).isEqualTo(3);
      assertThat(measure(run, weights, gradients, parts, seen, () -> false)).isNull();
      for (int i = 0; i < layout.size(); i++) {
        assertThat(parts.values(i)).isEqualTo(whole.values(i));
      }
    }
  }
}
