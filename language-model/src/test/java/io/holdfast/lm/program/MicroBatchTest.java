package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.ActivationMemory.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroBatchTest {

  private static final LlamaProgram SMALL =
      new LlamaProgram(
          new Architecture(2048, 128, 344, 4, 4, 4, 32, 128, 10_000, 1e-5, true, 0.02),
          Dropout.NONE,
          Precision.BF16,
          Attention.PLAIN);
  private static final LlamaProgram LARGE =
      new LlamaProgram(
          new Architecture(49152, 1728, 4608, 24, 27, 27, 64, 1024, 1e5, 1e-5, false, 0.02),
          Dropout.NONE,
          Precision.BF16,
          Attention.PLAIN);

  @Test
  void aSmallBatchGoesThroughInOneCall() {
    assertThat(MicroBatch.sequences(128, 8)).isEqualTo(8);
  }

  @Test
  void aCallHasNoMoreTokensThanMakeItFaster() {
    assertThat(MicroBatch.sequences(1024, 512)).isEqualTo(2);
    assertThat(MicroBatch.sequences(8192, 4)).as("at least one").isEqualTo(1);
    assertThat(MicroBatch.sequences(LARGE, 1024, 512, new Limit(1L << 40, 4096))).isEqualTo(4);
  }

  @Test
  void aLargeModelTakesOneSequenceAtATimeWhereMemoryIsShort() {
    assertThat(sequences(LARGE, 1024, 512, 1L << 30)).isEqualTo(1);
  }

  @Test
  void lessMemoryMeansSmallerParts() {
    long most = 320L << 20;
    int previous = sequences(SMALL, 128, 512, most);
    for (long bytes = most / 2; bytes > 0; bytes /= 2) {
      int next = sequences(SMALL, 128, 512, bytes);
      assertThat(next).isBetween(1, previous);
      previous = next;
    }
    assertThat(previous).isOne();
    assertThat(sequences(SMALL, 128, 512, 0)).isOne();
  }

  @Test
  void activationsGetWhatTheTensorsLeaveOfATrainersShare() {
    long gib = 1L << 30;
    assertThat(ActivationMemory.left(24 * gib, 2, gib)).isEqualTo(8 * gib);
    assertThat(ActivationMemory.left(4 * gib, 2, gib + gib / 4)).isEqualTo(gib / 4);
    assertThat(ActivationMemory.left(4 * gib, 2, 2 * gib)).isZero();
  }

  /** The same sequence with fewer and fewer bytes. */
  @Test
  void activationsAreRecomputedWhenOneSequencesWouldNotFit() {
    long gib = 1L << 30;

    assertThat(MicroBatch.fitting(LARGE, 1024, 64 * gib)).isEqualTo(LARGE);
    LlamaProgram small = MicroBatch.fitting(LARGE, 1024, gib);
    assertThat(small.activations()).isEqualTo(Activations.RECOMPUTED);
    assertThat(sequences(small, 1024, 8, 4 * gib))
        .as("sequences that fit beside each other")
        .isGreaterThan(sequences(LARGE, 1024, 8, 4 * gib));
  }

  @Test
  void anOperatorsSettingWins() {
    System.setProperty(ActivationMemory.PROPERTY, "7");
    try {
      assertThat(ActivationMemory.limit(1L << 60)).isEqualTo(new Limit(7L << 20, Long.MAX_VALUE));
      System.setProperty(ActivationMemory.PROPERTY, "much");
      assertThatThrownBy(() -> ActivationMemory.limit(0)).hasMessageContaining("much");
    } finally {
      System.clearProperty(ActivationMemory.PROPERTY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 64, 100, 480})
  void aLargeBatchIsSplitIntoNearlyEqualParts(int batch) {
    int size = MicroBatch.sequences(128, batch);
    int calls = Math.ceilDiv(batch, size);

    assertThat(size).isBetween(1, Math.min(batch, 16));
    assertThat(calls * size - batch).isLessThan(calls);
  }

  private static int sequences(LlamaProgram program, int length, int batch, long bytes) {
    return MicroBatch.sequences(program, length, batch, new Limit(bytes, Long.MAX_VALUE));
  }
}
