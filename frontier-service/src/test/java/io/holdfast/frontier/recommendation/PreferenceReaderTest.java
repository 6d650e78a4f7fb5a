package io.holdfast.frontier.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.statistics.Metric;
import org.junit.jupiter.api.Test;

class PreferenceReaderTest {

  @Test
  void readsWhatPeopleWrite() {
    var read =
        PreferenceReader.read("retained=3, fine_tuned=1", "fine_tuned=3.5", "tokens=2M", "0.01");

    assertThat(read.problems()).isEmpty();
    assertThat(read.preference().weights())
        .containsEntry(Metric.RETAINED, 0.75)
        .containsEntry(Metric.FINE_TUNED, 0.25);
    assertThat(read.preference().limits()).containsEntry(Metric.FINE_TUNED, 3.5);
    assertThat(read.preference().budget()).isEqualTo(new Budget(2_000_000L, null));
    assertThat(read.preference().marginNats()).isEqualTo(0.01);
  }

  @Test
  void countsBothLossesTheSameByDefault() {
    assertThat(PreferenceReader.read(null, "", null, null).preference()).isEqualTo(Planted.EVEN);
  }

  @Test
  void reportsEverythingAtOnce() {
    assertThat(PreferenceReader.read("kept=1,retained=-1", "fine_tuned", "euros=5", "0").problems())
        .extracting(Problem::code)
        .containsExactly("bad-pair", "unknown-loss", "bad-pair", "unknown-unit", "out-of-range");
  }
}
