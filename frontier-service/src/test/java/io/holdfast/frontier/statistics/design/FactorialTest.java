package io.holdfast.frontier.statistics.design;

import static io.holdfast.frontier.statistics.design.Trials.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.design.Factorial.Effect;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactorialTest {

  private static final Resampling DRAWS = Resampling.DEFAULT;
  private static final double[] REFERENCE = {4, 10};

  /** One checkpoint at L_ft = 3, so the hypervolume is 10 − L_ret. */
  private static Trial cell(long seed, double volume, Knob... on) {
    Map<Knob, Double> knobs = new java.util.EnumMap<>(Knob.class);
    for (Knob knob : on) {
      knobs.put(knob, 0.01);
    }
    return trial("r" + knobs, seed, "", knobs, 2.5, 10 - volume, 3.0, 7.0);
  }

  private static Effect effect(Factorial factorial, String of) {
    return factorial.effects().stream().filter(e -> e.of().equals(of)).findFirst().orElseThrow();
  }

  /** Planted: exposure +2, replay +1, together 0.5 less than the sum; the seed shifts all. */
  @Test
  void recoversPlantedEffectsAndInteraction() {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= 4; seed++) {
      double own = 1 + 0.3 * seed;
      double jitter = seed % 2 == 0 ? 0.01 : -0.01;
      trials.add(cell(seed, own));
      trials.add(cell(seed, own + 2 + jitter, Knob.EXPOSURE));
      trials.add(cell(seed, own + 1, Knob.REPLAY));
      trials.add(cell(seed, own + 2.5, Knob.EXPOSURE, Knob.REPLAY));
    }
    Factorial factorial = Factorial.all(trials, REFERENCE, DRAWS).getFirst();

    assertThat(factorial.factors()).containsExactly("exposure", "replay");
    assertThat(factorial.balanced()).isTrue();
    assertThat(factorial.effects())
        .extracting(Effect::of)
        .containsExactly("exposure", "replay", "exposure × replay");
    assertThat(effect(factorial, "exposure").effect().mean()).isCloseTo(1.75, within(1e-12));
    assertThat(effect(factorial, "replay").effect().mean()).isCloseTo(0.75, within(1e-12));
    Effect interaction = effect(factorial, "exposure × replay");
    assertThat(interaction.effect().mean()).isCloseTo(-0.25, within(1e-12));
    // Holm: the largest raw p is multiplied by 1, the smallest by 3, and order is kept.
    assertThat(interaction.adjustedP()).isGreaterThanOrEqualTo(interaction.effect().tTestP());
    assertThat(effect(factorial, "exposure").adjustedP()).isLessThan(0.001);
    assertThat(factorial.cells().getFirst().on()).isEqualTo("none");
    assertThat(factorial.cells().getFirst().hypervolume().mean()).isCloseTo(1.75, within(1e-12));
  }

  /** With three factors the design is the sum over all eight cells. */
  @Test
  void threeFactorsHaveSevenEffects() {
    List<Trial> trials = new ArrayList<>();
    Knob[] knobs = {Knob.EXPOSURE, Knob.REPLAY, Knob.DROPOUT};
    for (long seed = 1; seed <= 2; seed++) {
      for (int cell = 0; cell < 8; cell++) {
        List<Knob> on = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          if ((cell >> i & 1) == 1) {
            on.add(knobs[i]);
          }
        }
        double threefold = cell == 7 ? 0.8 : 0;
        trials.add(cell(seed, 1 + on.size() + threefold, on.toArray(Knob[]::new)));
      }
    }
    Factorial factorial = Factorial.all(trials, REFERENCE, DRAWS).getFirst();

    assertThat(factorial.effects()).hasSize(7);
    assertThat(effect(factorial, "dropout").effect().mean()).isCloseTo(1.2, within(1e-12));
    assertThat(effect(factorial, "exposure × replay").effect().mean())
        .isCloseTo(0.2, within(1e-12));
    assertThat(effect(factorial, "exposure × replay × dropout").effect().mean())
        .isCloseTo(0.2, within(1e-12));
  }

  /** EDE's experiments 4 and 5: mixing with replay, mixing with dropout, never both on top. */
  @Test
  void anIncompleteDesignIsAnalysedPairByPair() {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      trials.add(cell(seed, 1));
      trials.add(cell(seed, 3, Knob.EXPOSURE));
      trials.add(cell(seed, 2, Knob.REPLAY));
      trials.add(cell(seed, 4, Knob.EXPOSURE, Knob.REPLAY));
      trials.add(cell(seed, 1.5, Knob.DROPOUT));
      trials.add(cell(seed, 3.5, Knob.EXPOSURE, Knob.DROPOUT));
    }
    List<Factorial> designs = Factorial.all(trials, REFERENCE, DRAWS);

    assertThat(designs)
        .extracting(Factorial::factors)
        .containsExactly(List.of("exposure", "replay"), List.of("exposure", "dropout"));
    assertThat(effect(designs.get(1), "dropout").effect().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(Factorial.all(trials.subList(0, 2), REFERENCE, DRAWS)).isEmpty();
  }
}
