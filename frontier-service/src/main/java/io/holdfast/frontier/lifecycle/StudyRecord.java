package io.holdfast.frontier.lifecycle;

import java.util.Map;

/**
 * A study as the lifecycle sees it.
 *
 * @param id study id
 * @param state where it stands
 * @param stages what it wants, by stage id
 */
public record StudyRecord(String id, StudyState state, Map<String, WantedStage> stages) {

  public StudyRecord {
    stages = Map.copyOf(stages);
  }

  StudyRecord in(StudyState next) {
    return new StudyRecord(id, next, stages);
  }

  boolean running() {
    return state == StudyState.RUNNING;
  }
}
