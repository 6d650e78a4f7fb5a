package io.holdfast.cli.client;

import io.holdfast.contracts.stage.StageKind;
import java.time.Instant;
import java.util.List;

/**
 * A study as frontier-service shows it; what the command line needs of it. See its OpenAPI
 * description for the meaning of each field.
 */
public record StudyView(
    String id,
    String name,
    String state,
    List<String> reasons,
    Progress progress,
    List<Stage> stages) {

  public StudyView {
    reasons = List.copyOf(reasons);
    stages = List.copyOf(stages);
  }

  /** Whether nothing will happen any more. */
  public boolean ended() {
    return !state.equals("RUNNING");
  }

  public boolean completed() {
    return state.equals("COMPLETED");
  }

  /** How far a study is; {@code etaSeconds} is null while no speed is known. */
  public record Progress(
      int stages,
      int trained,
      int training,
      int failed,
      int blocked,
      int evaluations,
      int evaluated,
      long tokens,
      long totalTokens,
      double tokensPerSecond,
      Double etaSeconds) {}

  /** One stage; what is not known is null. */
  public record Stage(
      String id,
      StageKind kind,
      List<String> recipes,
      String settings,
      long seed,
      String parent,
      String state,
      String blockedBy,
      long tokens,
      long totalTokens,
      Double tokensPerSecond,
      Double lossNatsPerToken,
      Double devLossNatsPerToken,
      String worker,
      Failure failure,
      int evaluations,
      int evaluated,
      List<Wait> waiting) {

    public Stage {
      recipes = List.copyOf(recipes);
      waiting = waiting == null ? List.of() : List.copyOf(waiting);
    }

    /** The stage after a trainer's report. */
    Stage with(Report report) {
      return new Stage(
          id,
          kind,
          recipes,
          settings,
          seed,
          parent,
          "TRAINING",
          blockedBy,
          report.tokens(),
          report.totalTokens(),
          report.tokensPerSecond(),
          report.lossNatsPerToken(),
          report.devLossNatsPerToken() == null ? devLossNatsPerToken : report.devLossNatsPerToken(),
          report.worker(),
          failure,
          evaluations,
          evaluated,
          waiting);
    }
  }

  /** Work on a stage waits for a task that is away. */
  public record Wait(String task, Instant since, String reason) {}

  /** Why a stage failed. */
  public record Failure(String code, String message, String remedy) {}

  /** Data of a {@code progress} event. */
  public record Report(
      String stageId,
      long tokens,
      long totalTokens,
      double lossNatsPerToken,
      Double devLossNatsPerToken,
      double tokensPerSecond,
      String worker) {}

  /**
   * The study after a trainer's report. A report that arrives after the stage was finished is
   * passed over.
   */
  public StudyView with(Report report) {
    return new StudyView(
        id,
        name,
        state,
        reasons,
        progress,
        stages.stream().map(stage -> isNews(stage, report) ? stage.with(report) : stage).toList());
  }

  private static boolean isNews(Stage stage, Report report) {
    return stage.id().equals(report.stageId())
        && !stage.state().equals("TRAINED")
        && !stage.state().equals("FAILED")
        && !stage.state().equals("CANCELLED");
  }
}
