package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import org.junit.jupiter.api.Test;

/** Two thousand steps of a tiny model leave no native memory behind. */
class NativeLeakTest {

  private static final int WARM_UP = 500;
  private static final int STEPS = 2000;

  /**
   * Less than a step's leaked graph or arguments would be; single arrays are counted as handles.
   * The JVM's own compilers come and go in this memory too.
   */
  private static final long MAX_GROWTH_BYTES = (STEPS - WARM_UP) * 1024L;

  @Test
  void nativeMemoryAndHandlesStayAsTheyAre() {
    assumeThat(NativeHeap.isKnown()).as("glibc has mallinfo2").isTrue();
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
          bytes = NativeHeap.bytesInUse();
        }
      }

      assertThat(NativeHandles.count()).isEqualTo(handles);
      assertThat(NativeHeap.bytesInUse() - bytes).isLessThan(MAX_GROWTH_BYTES);
    }
  }
}
