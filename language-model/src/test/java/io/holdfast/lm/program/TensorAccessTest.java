package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.checkpoint.SafetensorsWriter;
import io.holdfast.lm.program.LoadedProgram.StepResult;
import io.holdfast.lm.weights.NormalNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parts of a few elements stand for those of a tensor beyond 2 GB; staged ones take the way that a
 * device's take, here from the host to the host.
 */
class TensorAccessTest {

  private static final Architecture MODEL = ProgramFixture.model(2, false);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(MODEL);

  @TempDir Path root;

  static Stream<TensorAccess> ways() {
    return Stream.of(
        new TensorAccess(1 << 28, true),
        new TensorAccess(1000, false),
        new TensorAccess(1000, true),
        new TensorAccess(6, false));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void partsReadAndWriteTheFileThatAWholeWrites(TensorAccess way) throws IOException {
    Path whole = root.resolve("whole.safetensors");
    Path parts = root.resolve("parts.safetensors");
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet found = TensorSet.zeros(LAYOUT, way).asParameters()) {
      SafetensorsWriter.write(whole, weights.named("a."), Map.of());
      try (Safetensors file = Safetensors.open(whole)) {
        found.load(file, "a.");
      }
      SafetensorsWriter.write(parts, found.named("a."), Map.of());
      assertThat(Files.mismatch(parts, whole)).isEqualTo(-1);
      for (int i = 0; i < LAYOUT.size(); i++) {
        assertThat(found.values(i)).isEqualTo(weights.values(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void numbersAreDrawnAlikeWhateverTheParts(TensorAccess way) {
    try (TensorSet whole = TensorSet.zeros(LAYOUT);
        TensorSet parts = TensorSet.zeros(LAYOUT, way)) {
      for (TensorSet set : new TensorSet[] {whole, parts}) {
        NormalNumbers numbers = new NormalNumbers(5);
        set.fill(0, (part, from) -> numbers.fill(part, 0.1));
      }
      assertThat(parts.values(0)).isEqualTo(whole.values(0));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void trainingOnTensorsInPartsIsTheSameBitByBit(TensorAccess way) {
    try (LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32);
        TensorSet whole = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet parts = TensorSet.zeros(LAYOUT, way).asParameters()) {
      parts.copyFrom(whole);
      assertThat(step(program, parts)).isEqualTo(step(program, whole));
      for (int i = 0; i < LAYOUT.size(); i++) {
        assertThat(parts.values(i)).isEqualTo(whole.values(i));
      }
    }
  }

  private static StepResult step(LoadedProgram program, TensorSet weights) {
    long[][] ids = ProgramFixture.tokens(MODEL, 2, 7);
    try (TensorSet first = TensorSet.zeros(LAYOUT);
        TensorSet second = TensorSet.zeros(LAYOUT)) {
      TokenBatch batch = ProgramFixture.batch(ids, ids);
      return program.trainStep(batch, ProgramFixture.step(1, 24), 0, weights, first, second);
    }
  }

  @Test
  void everyElementHasToBeWritten() {
    try (TensorSet set = TensorSet.zeros(LAYOUT, new TensorAccess(6, true))) {
      assertThatThrownBy(() -> set.fill(0, (part, from) -> part.put(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5 elements");
    }
  }
}
