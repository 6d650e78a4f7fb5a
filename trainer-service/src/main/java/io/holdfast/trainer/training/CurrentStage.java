package io.holdfast.trainer.training;

import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.stage.StageKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What this process trains right now, for its API and its metrics. */
@ApplicationScoped
public class CurrentStage {

  private volatile Training training;

  /**
   * A stage in training.
   *
   * @param progress null until the first report
   */
  public record Training(String stageId, StageKind kind, int attempt, StageProgressed progress) {}

  void begin(String stageId, StageKind kind, int attempt) {
    training = new Training(stageId, kind, attempt, null);
  }

  void progressed(StageProgressed progress) {
    Training now = training;
    training = new Training(now.stageId(), now.kind(), now.attempt(), progress);
  }

  void end() {
    training = null;
  }

  public Optional<Training> training() {
    return Optional.ofNullable(training);
  }
}
