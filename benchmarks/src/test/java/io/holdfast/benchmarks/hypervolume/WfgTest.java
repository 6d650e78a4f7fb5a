package io.holdfast.benchmarks.hypervolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.frontier.statistics.front.Hypervolume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is timed gives the same number. */
class WfgTest {

  @ParameterizedTest
  @CsvSource({"2,500", "3,300", "4,120"})
  void bothAgree(int objectives, int points) {
    double[][] front = RandomFront.of(objectives, points, 7);
    double[] reference = RandomFront.reference(objectives);

    assertThat(Hypervolume.of(front, reference))
        .isPositive()
        .isCloseTo(Wfg.hypervolume(front, reference), within(1e-10));
  }
}
