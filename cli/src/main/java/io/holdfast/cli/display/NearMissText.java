package io.holdfast.cli.display;

import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.Difference;
import io.holdfast.contracts.study.StudyPlan.NearMiss;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why stages that look like trained ones are trained again, as text. */
final class NearMissText {

  private NearMissText() {}

  /** One line for each different reason. */
  static List<String> lines(StudyPlan plan) {
    Map<String, PlannedStage> stages =
        plan.stages().stream().collect(Collectors.toMap(PlannedStage::id, stage -> stage));
    Map<String, List<PlannedStage>> reasons = new LinkedHashMap<>();
    for (NearMiss miss : plan.nearMisses()) {
      PlannedStage stage = stages.get(miss.stage());
      reasons
          .computeIfAbsent(
              StageText.kind(stage.kind()) + " stages: " + differences(miss),
              reason -> new ArrayList<>())
          .add(stage);
    }
    List<String> lines = new ArrayList<>();
    reasons.forEach(
        (reason, of) ->
            lines.add(
                "Not reused, though nearly trained already: %d %s".formatted(of.size(), reason)));
    return lines;
  }

  private static String differences(NearMiss miss) {
    return miss.differences().stream()
        .map(NearMissText::difference)
        .collect(Collectors.joining(", "));
  }

  private static String difference(Difference difference) {
    return "%s is %s, there %s"
        .formatted(difference.field(), shown(difference.planned()), shown(difference.trained()));
  }

  private static String shown(String value) {
    if (value == null) {
      return "absent";
    }
    return value.length() == 64 ? value.substring(0, 16) : value;
  }
}
