package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {

  private static final Architecture SMOLLM2_135M =
      new Architecture(49152, 576, 1536, 30, 9, 3, 64, 8192, 100_000, 1e-5, true, 1 / 24.0);

  private static long count(ParameterLayout layout) {
    return layout.shapes().stream()
        .mapToLong(shape -> shape.stream().reduce(1L, (a, b) -> a * b))
        .sum();
  }

  @Test
  void smolLm2HasItsPublishedNumberOfParameters() {
    assertThat(SMOLLM2_135M.parameters()).isEqualTo(134_515_008);
    assertThat(count(ParameterLayout.of(SMOLLM2_135M))).isEqualTo(134_515_008);
  }

  @Test
  void theTensorsAreTheArchitecturesParameters() {
    for (boolean tied : new boolean[] {true, false}) {
      for (int kvHeads : new int[] {1, 2, 4}) {
        Architecture model = ProgramFixture.model(kvHeads, tied);
        assertThat(count(ParameterLayout.of(model))).isEqualTo(model.parameters());
      }
    }
  }

  @Test
  void normWeightsComeLastAndDoNotDecay() {
    ParameterLayout layout = ParameterLayout.of(ProgramFixture.model(2, false));

    for (int i = 0; i < layout.size(); i++) {
      assertThat(layout.isMatrix(i))
          .as(layout.names().get(i))
          .isEqualTo(!layout.names().get(i).contains("norm"));
    }
    assertThat(layout.names()).endsWith("model.norm.weight");
  }
}
