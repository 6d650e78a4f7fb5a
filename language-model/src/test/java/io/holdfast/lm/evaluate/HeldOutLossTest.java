package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {

  @Test
  void ofEqualWindowsIsTheMeanAndItsStandardError() {
    // Means 1, 2, 3, 6 per token: mean 3, variance 14/3, standard error sqrt(14/3/4).
    HeldOutLoss loss = HeldOutLoss.of(new double[] {10, 20, 30, 60}, new int[] {10, 10, 10, 10});

    assertThat(loss.lossNatsPerToken()).isEqualTo(3);
    assertThat(loss.standardError()).isCloseTo(Math.sqrt(14.0 / 3 / 4), within(1e-12));
    assertThat(loss.tokens()).isEqualTo(40);
    assertThat(loss.windows()).isEqualTo(4);
  }

  @Test
  void aShortWindowCountsByItsTokens() {
    HeldOutLoss loss = HeldOutLoss.of(new double[] {20, 20, 9}, new int[] {10, 10, 3});

    assertThat(loss.lossNatsPerToken()).isCloseTo(49 / 23.0, within(1e-12));
  }

  @Test
  void aSingleWindowShowsNoSpread() {
    assertThat(HeldOutLoss.of(new double[] {5}, new int[] {2}).standardError()).isZero();
  }

  /** The estimate against the spread of many repetitions of the whole measurement. */
  @Test
  void theStandardErrorIsTheSpreadOfRepeatedMeasurements() {
    Random random = new Random(3);
    int repetitions = 4000;
    double sum = 0;
    double squares = 0;
    double estimated = 0;
    for (int r = 0; r < repetitions; r++) {
      double[] nats = new double[60];
      int[] tokens = new int[60];
      for (int w = 0; w < 60; w++) {
        tokens[w] = 1 + random.nextInt(20);
        double windowMean = 3 + 0.5 * random.nextGaussian();
        nats[w] = windowMean * tokens[w] + Math.sqrt(tokens[w]) * random.nextGaussian();
      }
      HeldOutLoss loss = HeldOutLoss.of(nats, tokens);
      sum += loss.lossNatsPerToken();
      squares += loss.lossNatsPerToken() * loss.lossNatsPerToken();
      estimated += loss.standardError();
    }
    double mean = sum / repetitions;
    double spread = Math.sqrt(squares / repetitions - mean * mean);

    assertThat(estimated / repetitions).isCloseTo(spread, within(0.05 * spread));
  }
}
