package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.lm.program.OracleLlama.LossAndGradients;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program's loss and gradients against the oracle's. */
final class GradientAssert {

  private GradientAssert() {}

  /**
   * Compares a whole batch's loss, and the gradient of every trained tensor.
   *
   * @param lossTolerance absolute, nats
   * @param gradientTolerance relative, in the L2 norm of each tensor
   */
  static void assertAgrees(
      LoadedProgram program,
      TensorSet trained,
      long[][] ids,
      long[][] targets,
      LossAndGradients expected,
      double lossTolerance,
      double gradientTolerance) {
    try (TensorSet gradients = TensorSet.zeros(trained.layout())) {
      double loss =
          program.accumulate(
              ProgramFixture.batch(ids, targets),
              0,
              ids.length,
              ProgramFixture.step(1, ProgramFixture.count(targets)),
              0,
              trained,
              gradients);

      assertThat(loss).isCloseTo(expected.loss(), within(lossTolerance));
      Map<String, Double> distances = new LinkedHashMap<>();
      for (int i = 0; i < gradients.layout().size(); i++) {
        String name = gradients.layout().names().get(i);
        float[] found = gradients.values(i);
        distances.put(name, ProgramFixture.distance(found, expected.gradients().get(name)));
      }
      // All of them at once: which ones are wrong says where the backward pass went wrong.
      assertThat(distances)
          .allSatisfy((name, distance) -> assertThat(distance).isLessThan(gradientTolerance));
    }
  }
}
