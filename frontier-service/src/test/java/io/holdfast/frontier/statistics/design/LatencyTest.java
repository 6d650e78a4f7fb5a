package io.holdfast.frontier.statistics.design;

import static io.holdfast.frontier.statistics.design.Trials.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTest {

  /** EDE Fig. 3a, |D_post| = 30M: L_im and L_ret over λ. */
  private static final double[] IMMEDIATE = {1.788, 1.777, 1.778, 1.776, 1.765};

  private static final double[] RETAINED = {2.175, 2.088, 2.076, 2.077, 2.080};

  private static List<Trial> trials(int seeds) {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (int i = 0; i < 5; i++) {
        trials.add(
            trial(
                "arm",
                seed,
                "pretrain.exposure=0." + i + ", fine_tune.learning_rate=5e-5",
                Map.of(Knob.EXPOSURE, i / 4.0),
                IMMEDIATE[i] + 0.01 * seed,
                RETAINED[i] + 0.02 * seed));
      }
    }
    return trials;
  }

  /** Ranks 5 3 4 2 1 against 5 4 1 2 3: Σd² = 14, so ρ = 1 − 6·14/120 = 0.3; τ = (6 − 4)/10. */
  @Test
  void ranksOfAPublishedFigure() {
    Latency latency = Latency.of(trials(3), Resampling.DEFAULT);

    assertThat(latency.choices()).hasSize(5);
    assertThat(latency.choices().getFirst().name()).isEqualTo("arm (pretrain.exposure=0.0)");
    assertThat(latency.spearman()).isCloseTo(0.3, within(1e-12));
    assertThat(latency.kendall()).isCloseTo(0.2, within(1e-12));
    // All seeds have the same ranks, so every draw has them too.
    assertThat(latency.spearmanInterval().low()).isCloseTo(0.3, within(1e-12));
    assertThat(latency.seeds()).isEqualTo(3);
    assertThat(latency.pairs()).isEqualTo(10);
    assertThat(latency.reversed()).isEqualTo(4);
    // λ = 0.25 is 0.001 better than λ = 0.5 before, and 0.012 worse after fine-tuning.
    assertThat(latency.reversals().getFirst().before()).contains("0.1");
    assertThat(latency.reversals().getFirst().after()).contains("0.2");
    assertThat(latency.reversals().getFirst().retainedGap()).isCloseTo(0.012, within(1e-9));
    assertThat(latency.reversals().getFirst().seedsAgree()).isTrue();
  }

  @Test
  void twoChoicesHaveNoCorrelationButMayChangePlaces() {
    List<Trial> two =
        List.of(
            trial("a", 1, "", Map.of(), 1.0, 3.0),
            trial("b", 1, "", Map.of(Knob.EXPOSURE, 1.0), 1.1, 2.0));
    Latency latency = Latency.of(two, Resampling.DEFAULT);
    assertThat(latency.spearman()).isNull();
    assertThat(latency.reversed()).isEqualTo(1);
    assertThat(Latency.of(two.subList(0, 1), Resampling.DEFAULT)).isNull();
    assertThat(Latency.of(List.of(), Resampling.DEFAULT)).isNull();
  }
}
