package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lm.program.ParameterLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSizeTest {

  @ParameterizedTest
  @CsvSource({"quickstart,1053824", "5.4M,5401856", "135M,134515008", "1B,1029917376"})
  void hasThePublishedNumberOfParameters(String name, long parameters) {
    assertThat(ModelSize.named(name).architecture().parameters()).isEqualTo(parameters);
  }

  /** The products that are timed as "the model's own" are all of the model's matrices. */
  @ParameterizedTest
  @CsvSource({"quickstart", "5.4M", "135M"})
  void itsMatrixShapesAreThoseOfTheProgram(String name) {
    var architecture = ModelSize.named(name).architecture();
    long timed =
        MatmulProducts.shapes(architecture).stream()
            .mapToLong(shape -> shape.count() * shape.outputs() * shape.inputs())
            .sum();
    ParameterLayout layout = ParameterLayout.of(architecture);
    long norms = 0;
    for (int i = layout.matrices(); i < layout.size(); i++) {
      norms += layout.shapes().get(i).getFirst();
    }
    assertThat(timed).isEqualTo(architecture.parameters() - norms);
  }
}
