package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.client.StudyView.Failure;
import io.holdfast.cli.client.StudyView.Progress;
import io.holdfast.cli.client.StudyView.Stage;
import io.holdfast.contracts.stage.StageKind;
import java.util.List;

/** Studies to draw. */
final class Samples {

  private Samples() {}

  static StudyView study(Stage... stages) {
    return new StudyView(
        "quickstart-1f0c",
        "quickstart",
        "RUNNING",
        List.of(),
        new Progress(stages.length, 1, 1, 0, 0, 9, 3, 1_012_000, 3_000_000, 9812, 190.0),
        List.of(stages));
  }

  static Stage stage(int number, String state, Failure failure) {
    return stage(number, state, failure, 212_000);
  }

  static Stage stage(int number, String state, Failure failure, long tokens) {
    return new Stage(
        "stage-" + number,
        StageKind.FINE_TUNE,
        List.of("exposed"),
        "fine_tune.learning_rate=0.001",
        number,
        "parent",
        state,
        null,
        tokens,
        900_000,
        state.equals("TRAINING") ? 4903.2 : null,
        state.equals("WAITING") ? null : 4.2213,
        null,
        "trainer-1",
        failure,
        3,
        state.equals("TRAINED") ? 3 : 0,
        List.of());
  }
}
