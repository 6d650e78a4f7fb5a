package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.ArrayList;
import java.util.List;

/** Why a study failed. */
public final class Reasons {

  private Reasons() {}

  /** One sentence for each failed stage. */
  public static List<String> of(StudySnapshot study) {
    List<String> reasons = new ArrayList<>();
    for (StageSnapshot stage : study.stages()) {
      if (stage.state() instanceof StageState.Failed failed) {
        reasons.add(of(stage, failed));
      }
    }
    return reasons;
  }

  static String of(StageSnapshot stage, StageState.Failed failed) {
    String settings = stage.planned().settings();
    return "%s of %s (seed %d%s) failed on attempt %d with %s: %s %s"
        .formatted(
            Labels.kind(stage.spec().kind()),
            String.join(", ", stage.planned().recipes()),
            stage.planned().seed(),
            settings.isEmpty() ? "" : ", " + settings,
            failed.attempt(),
            failed.failure().code(),
            failed.failure().message(),
            failed.failure().remedy() == null ? "" : failed.failure().remedy());
  }
}
