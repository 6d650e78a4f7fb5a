package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;

/** Models of equal immediate loss, from small weights and in finite time. */
class MatchedTest {

  private static final Settings SETTINGS = Settings.standard();

  @Example
  void withoutExposureBothModelsAreTheSame() {
    Matched same = Matched.at(SETTINGS, 0);
    assertThat(same.penalty()).isCloseTo(SETTINGS.penalty(), within(1e-6));
    assertThat(same.exposed().retained()).isCloseTo(same.unexposed().retained(), within(1e-9));
  }

  @Example
  void exposurePaysOnceItIsStrongEnoughToBeLearnedInTime() {
    double threshold = SETTINGS.t() / (2 * SETTINGS.beta() * SETTINGS.durations().pretraining());
    Matched weak = Matched.at(SETTINGS, threshold / 10);
    Matched strong = Matched.at(SETTINGS, threshold * 2);
    double worth = Forgetting.advantage(SETTINGS.features());
    assertThat(gain(weak)).isBetween(0.0, 0.05 * worth);
    assertThat(gain(strong)).isCloseTo(worth, within(0.01 * worth));
    assertThat(strong.exposed().immediate())
        .isCloseTo(strong.unexposed().immediate(), within(1e-6));
  }

  private static double gain(Matched matched) {
    return matched.unexposed().forgetting() - matched.exposed().forgetting();
  }
}
