package io.holdfast.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void smolLm2HasItsPublishedNumberOfParameters() {
    Architecture model =
        new Architecture(49152, 576, 1536, 30, 9, 3, 64, 8192, 1e5, 1e-5, true, 1.0 / 24);

    assertThat(model.parameters()).isEqualTo(134_515_008);
  }

  @Test
  void untiedEmbeddingsCountTwice() {
    Architecture tied = new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 1e4, 1e-5, true, 0.1);
    Architecture untied = new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 1e4, 1e-5, false, 0.1);

    assertThat(untied.parameters() - tied.parameters()).isEqualTo(100 * 8);
  }

  @Test
  void trainingFlopsAreSixPerMatrixParameterAndTwelvePerAttendedChannel() {
    Architecture model = new Architecture(100, 8, 16, 2, 2, 1, 4, 16, 1e4, 1e-5, true, 0.1);
    // Per block: Q and O 8·8 each, K and V 8·4 each, three times 8·16; then the output matrix.
    double matrices = 2 * (2 * 64 + 2 * 32 + 3 * 128) + 100 * 8;

    assertThat(model.trainingFlopsPerToken(16))
        .isCloseTo(6 * matrices + 12 * 2 * 2 * 4 * 16, within(1e-9));
  }

  @Test
  void weightsMeanTheSameWhateverTheContextAndTheInitialization() {
    Architecture model = new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 1e4, 1e-5, true, 0.1);
    Architecture longer = new Architecture(100, 8, 16, 1, 2, 2, 4, 99, 1e4, 1e-5, true, 0.2);
    Architecture slower = new Architecture(100, 8, 16, 1, 2, 2, 4, 16, 2e4, 1e-5, true, 0.1);

    assertThat(model.computesLike(longer)).isTrue();
    assertThat(model.computesLike(slower)).isFalse();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    assertThatThrownBy(
            () -> new Architecture(100, 8, 16, 0, 3, 2, 5, 16, 1e4, Double.NaN, true, 0.1))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().stream().map(Problem::path))
                    .containsExactlyInAnyOrder(
                        "model.layers",
                        "model.rms_norm_epsilon",
                        "model.kv_heads",
                        "model.head_size"));
  }
}
