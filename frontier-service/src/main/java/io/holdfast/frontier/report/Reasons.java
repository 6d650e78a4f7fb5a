package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.Failure;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.List;

/** Why a study failed. */
public final class Reasons {

  private Reasons() {}

  /** One sentence for each stage that failed or could not be scored. */
  public static List<String> of(StudySnapshot study) {
    return study.stages().stream()
        .flatMap(stage -> study.failure(stage).map(failure -> of(stage, failure)).stream())
        .toList();
  }

  private static String of(StageSnapshot stage, Failure failure) {
    String settings = stage.planned().settings();
    return "%s of %s (seed %d%s) %s with %s: %s %s"
        .formatted(
            Labels.kind(stage.spec().kind()),
            String.join(", ", stage.planned().recipes()),
            stage.planned().seed(),
            settings.isEmpty() ? "" : ", " + settings,
            whatFailed(stage.state()),
            failure.code(),
            failure.message(),
            failure.remedy() == null ? "" : failure.remedy());
  }

  private static String whatFailed(StageState state) {
    if (state instanceof StageState.Trained trained) {
      return trained.isStored()
          ? "is trained, but scoring its weights failed"
          : "was trained, but training it again, for weights that were collected, failed";
    }
    return "failed on attempt " + state.attempt();
  }
}
