package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.SeedPair;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No more is claimed than the seeds allow. */
class EvidenceTest {

  private static final PairedGap CLEARLY_MORE = gap(0.50, 0.52, 0.48);
  private static final PairedGap CLEARLY_LESS = gap(-0.50, -0.52, -0.48);
  private static final PairedGap OPEN = gap(0.1, -0.1, 0.05);
  private static final PairedGap SAME_SIGN_ONLY = gap(0.01, 0.5, 0.1);

  @Test
  void isClearOnlyWhenEveryMatchedValueIs() {
    assertThat(Evidence.of(List.of(CLEARLY_MORE, CLEARLY_MORE))).isEqualTo(Evidence.CLEAR);
    assertThat(Evidence.of(List.of(CLEARLY_LESS))).isEqualTo(Evidence.CLEAR);
    assertThat(Evidence.of(List.of(CLEARLY_MORE, OPEN))).isEqualTo(Evidence.PARTLY_CLEAR);
    assertThat(Evidence.of(List.of(CLEARLY_LESS, SAME_SIGN_ONLY))).isEqualTo(Evidence.PARTLY_CLEAR);
  }

  @Test
  void namesNoDirectionWhenFrontsCross() {
    Evidence crossing = Evidence.of(List.of(CLEARLY_MORE, OPEN, CLEARLY_LESS));
    assertThat(crossing).isEqualTo(Evidence.CROSSING);
    assertThat(crossing.hasDirection()).isFalse();
  }

  @Test
  void twoSeedsOfOneSignDoNotSettleIt() {
    assertThat(gap(0.44, 0.46).gap().excludesZero()).isTrue();
    assertThat(gap(0.1, 0.5).gap().excludesZero()).isFalse();
    Evidence consistent = Evidence.of(List.of(gap(0.1, 0.5), gap(0.2, 0.9)));
    assertThat(consistent).isEqualTo(Evidence.CONSISTENT);
    assertThat(consistent.confidence(List.of(gap(0.1, 0.5)), "L_ft"))
        .contains("no 95 % interval excludes zero", "2 seeds do not settle it");
  }

  @Test
  void oneSeedIsOneObservation() {
    assertThat(Evidence.of(List.of(gap(0.4), gap(0.2)))).isEqualTo(Evidence.SINGLE);
    assertThat(Evidence.of(List.of(gap(0.4), gap(-0.2)))).isEqualTo(Evidence.MIXED);
  }

  @Test
  void disagreementIsNoDirection() {
    assertThat(Evidence.of(List.of(OPEN))).isEqualTo(Evidence.MIXED);
    assertThat(Evidence.of(List.of(gap(0.0, 0.0)))).isEqualTo(Evidence.MIXED);
  }

  private static PairedGap gap(double... gaps) {
    return PairedGap.of(
        3.5,
        IntStream.range(0, gaps.length).mapToObj(i -> new SeedPair(i, 4 + gaps[i], 4)).toList());
  }
}
