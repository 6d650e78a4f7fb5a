package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroBatchTest {

  private static final LlamaProgram SMALL =
      LlamaProgram.forEvaluation(
          new Architecture(2048, 128, 344, 4, 4, 4, 32, 128, 10_000, 1e-5, true, 0.02),
          Precision.BF16,
          128);
  private static final LlamaProgram LARGE =
      LlamaProgram.forEvaluation(
          new Architecture(49152, 1728, 4608, 24, 27, 27, 64, 1024, 1e5, 1e-5, false, 0.02),
          Precision.BF16,
          1024);

  @Test
  void aSmallBatchGoesThroughInOneCall() {
    assertThat(MicroBatch.sequences(SMALL, 128, 8)).isEqualTo(8);
  }

  @Test
  void aLargeModelTakesOneSequenceAtATime() {
    assertThat(MicroBatch.sequences(LARGE, 1024, 512)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 64, 100, 480})
  void aLargeBatchIsSplitIntoNearlyEqualParts(int batch) {
    int size = MicroBatch.sequences(SMALL, 128, batch);
    int calls = Math.ceilDiv(batch, size);

    assertThat(size).isBetween(1, Math.min(batch, 40));
    assertThat(calls * size - batch).isLessThan(calls);
  }
}
