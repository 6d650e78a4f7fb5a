package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Some thousand steps of a tiny model leave the process as large as it was. */
class NativeLeakTest {

  private static final Path MEMORY = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;
  private static final int WARM_UP = 500;
  private static final int STEPS = 2000;

  /** 4 KiB a step; a leaked tensor, graph or argument list of this model is larger. */
  private static final long MAX_GROWTH_BYTES = (STEPS - WARM_UP) * 4096L;

  @Test
  void residentMemoryAndHandlesStayAsTheyAre() throws IOException {
    assumeThat(MEMORY).exists();
    Architecture model = new Architecture(61, 16, 24, 1, 2, 1, 8, 16, 10_000, 1e-5, true, 0.02);
    LlamaProgram tiny = LlamaProgram.forTraining(model, Dropout.everywhere(0.1), Precision.BF16, 8);
    TokenBatch batch = ProgramFixture.batch(new long[2][8], new long[2][8]);
    try (LoadedProgram program = tiny.load();
        TensorSet weights = ProgramFixture.randomWeights(model, 1);
        TensorSet first = ProgramFixture.zeros(model);
        TensorSet second = ProgramFixture.zeros(model)) {
      long handles = 0;
      long bytes = 0;
      for (int number = 1; number <= STEPS; number++) {
        program.trainStep(batch, ProgramFixture.step(number, 16), number, weights, first, second);
        if (number == WARM_UP) {
          handles = NativeHandles.count();
          bytes = residentBytes();
        }
      }

      assertThat(NativeHandles.count()).isEqualTo(handles);
      assertThat(residentBytes() - bytes).isLessThan(MAX_GROWTH_BYTES);
    }
  }

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(MEMORY).split(" ")[1]) * PAGE_BYTES;
  }
}
