package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.stage.EarlyStopping;
import org.junit.jupiter.api.Test;

class EarlyStoppingStateTest {

  private static final EarlyStopping RULE = new EarlyStopping("dev", 100, 2, 1000);

  @Test
  void stopsAfterPatienceLooksThatAreNoneTheBest() {
    EarlyStoppingState state =
        EarlyStoppingState.BEFORE_FIRST_LOOK
            .after(3.0, 10, 100)
            .after(2.0, 20, 200)
            .after(2.5, 30, 300);
    assertThat(state.exhausted(RULE)).isFalse();

    state = state.after(2.0, 40, 400);
    assertThat(state.exhausted(RULE)).as("an equal loss is no improvement").isTrue();
    assertThat(state.bestLoss()).isEqualTo(2.0);
    assertThat(state.bestStep()).isEqualTo(20);
    assertThat(state.looks()).isEqualTo(4);
  }

  @Test
  void anImprovementRestoresPatience() {
    EarlyStoppingState state =
        EarlyStoppingState.BEFORE_FIRST_LOOK
            .after(3.0, 10, 100)
            .after(4.0, 20, 200)
            .after(2.9, 30, 300)
            .after(4.0, 40, 400);

    assertThat(state.exhausted(RULE)).isFalse();
    assertThat(state.bestStep()).isEqualTo(30);
  }

  @Test
  void isDueOnceForEveryHundredTokens() {
    EarlyStoppingState state = EarlyStoppingState.BEFORE_FIRST_LOOK;
    assertThat(state.due(RULE, 99)).isFalse();
    assertThat(state.due(RULE, 100)).isTrue();

    state = state.after(3.0, 1, 130);
    assertThat(state.due(RULE, 199)).isFalse();
    assertThat(state.due(RULE, 210)).isTrue();
  }

  @Test
  void aLossThatIsNotANumberIsNeverTheBest() {
    EarlyStoppingState state = EarlyStoppingState.BEFORE_FIRST_LOOK.after(Double.NaN, 1, 100);

    assertThat(state.bestLoss()).isNull();
    assertThat(state.withoutImprovement()).isEqualTo(1);
  }
}
