package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.program.OracleLlama.LossAndGradients;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Java collects the buffers that nothing in Java refers to, whatever autograd still reads: what it
 * keeps for the backward pass has to be libtorch's own.
 */
class OracleMemoryTest {

  private static final int SEQUENCES = 3;

  @Test
  void collectingGarbageBeforeTheBackwardPassChangesNoGradient() {
    Architecture model = ProgramFixture.model(2, true);
    LossAndGradients undisturbed = gradients(model, () -> {});
    LossAndGradients disturbed = gradients(model, OracleMemoryTest::collectGarbage);
    assertThat(disturbed.loss()).isEqualTo(undisturbed.loss());
    undisturbed
        .gradients()
        .forEach(
            (name, gradient) ->
                assertThat(Arrays.equals(disturbed.gradients().get(name), gradient))
                    .as(name)
                    .isTrue());
  }

  private static LossAndGradients gradients(Architecture model, Runnable beforeBackward) {
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 7);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 7);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        OracleLlama oracle = new OracleLlama(model, weights).beforeBackward(beforeBackward)) {
      return oracle.lossAndGradients(ids, targets);
    }
  }

  /** Until buffers that were garbage before are freed, and their memory is written to. */
  private static void collectGarbage() {
    for (int round = 0; round < 3; round++) {
      CountDownLatch cleaned = new CountDownLatch(1);
      Cleaner.create().register(new Object(), cleaned::countDown);
      do {
        System.gc();
      } while (cleaned.getCount() > 0);
      for (int i = 0; i < 1000; i++) {
        ByteBuffer.allocateDirect(4).putInt(0, -1);
      }
    }
  }
}
