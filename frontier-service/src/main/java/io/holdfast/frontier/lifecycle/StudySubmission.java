package io.holdfast.frontier.lifecycle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study as submitted.
 *
 * @param id study id
 * @param stages its stages, every parent before its children
 */
public record StudySubmission(String id, List<SubmittedStage> stages) {

  public StudySubmission {
    stages = List.copyOf(stages);
  }

  /** One stage of a submission. */
  public record SubmittedStage(String id, String parent, WantedStage wanted) {}

  StudyRecord record() {
    Map<String, WantedStage> wanted = new LinkedHashMap<>();
    stages.forEach(stage -> wanted.put(stage.id(), stage.wanted()));
    return new StudyRecord(id, StudyState.RUNNING, wanted);
  }
}
