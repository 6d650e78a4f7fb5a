package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.StageVariant.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweptSettingsTest {

  private static final SweptSettings SETTINGS =
      new SweptSettings(
          List.of(
              new Setting("allocation", "0.25"),
              new Setting("post_train.early_stopping", "{patience: 2, every_epochs: 1}"),
              new Setting("fine_tune.learning_rate", "0.001")));

  @Test
  void itsTextIsReadBackThoughValuesHaveCommas() {
    assertThat(SweptSettings.parse(SETTINGS.toString())).isEqualTo(SETTINGS);
    assertThat(SweptSettings.parse("")).isEqualTo(SweptSettings.NONE);
    assertThat(SweptSettings.NONE).hasToString("");
  }

  @Test
  void inJsonItIsThatText() {
    String json = Json.write(SETTINGS);

    assertThat(json)
        .isEqualTo(
            "\"allocation=0.25, post_train.early_stopping={patience: 2, every_epochs: 1},"
                + " fine_tune.learning_rate=0.001\"");
    assertThat(Json.read(json, SweptSettings.class)).isEqualTo(SETTINGS);
  }

  @Test
  void settingsAreToldByTheirKeys() {
    SweptSettings rate = SweptSettings.parse("fine_tune.learning_rate=0.001");

    assertThat(SETTINGS.where(key -> key.startsWith("fine_tune."))).isEqualTo(rate);
    assertThat(SETTINGS.sharedWith(rate)).isEqualTo(rate);
    assertThatThrownBy(() -> SweptSettings.parse("learning_rate"))
        .hasMessageContaining("learning_rate");
  }

  @Test
  void anAllocationSetsTheExposure() {
    assertThat(Knob.EXPOSURE.isSetBy("allocation")).isTrue();
    assertThat(Knob.EXPOSURE.isSetBy("pretrain.exposure")).isTrue();
    assertThat(Knob.EXPOSURE.isSetBy("pretrain.exposure.fraction")).isTrue();
    assertThat(Knob.EXPOSURE.isSetBy("post_train.without_first")).isTrue();
    assertThat(Knob.EXPOSURE.isSetBy("pretrain.learning_rate")).isFalse();
    assertThat(Knob.REPLAY.isSetBy("allocation")).isFalse();
    assertThat(Knob.REPLAY.isSetBy("fine_tune.replay")).isFalse();
    assertThat(Knob.REPLAY.isSetBy("post_train.replay.fraction")).isTrue();
  }
}
