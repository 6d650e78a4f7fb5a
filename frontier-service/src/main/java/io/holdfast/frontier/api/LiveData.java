package io.holdfast.frontier.api;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The {@code data} of the events of {@code GET /api/events}; the SSE {@code event} field is {@link
 * #type()}. Ids grow by one from event to event over all studies.
 */
public sealed interface LiveData {

  /** SSE event type. */
  String type();

  /** Which study. */
  String studyId();

  /** {@code study}: a study started, started again or ended. */
  record StudyMoved(String studyId, StudyState state) implements LiveData {
    @Override
    public String type() {
      return "study";
    }
  }

  /**
   * {@code stage}: a stage moved.
   *
   * @param state as in {@link StageView#state()}
   */
  record StageMoved(String studyId, String stageId, String state, int attempt) implements LiveData {
    @Override
    public String type() {
      return "stage";
    }
  }

  /** {@code progress}: a trainer reported. */
  record Progressed(
      String studyId,
      String stageId,
      long step,
      long steps,
      long tokens,
      long totalTokens,
      double lossNatsPerToken,
      Double devLossNatsPerToken,
      double learningRate,
      double tokensPerSecond,
      String worker)
      implements LiveData {

    /** The report, for one study that wants the stage. */
    public static Progressed of(String studyId, StageProgressed e) {
      return new Progressed(
          studyId,
          e.stageId(),
          e.step(),
          e.steps(),
          e.tokens(),
          e.totalTokens(),
          e.lossNatsPerToken(),
          e.devLossNatsPerToken(),
          e.learningRate(),
          e.tokensPerSecond(),
          e.worker());
    }

    @Override
    public String type() {
      return "progress";
    }
  }

  /**
   * {@code evaluation}: weights of a stage were scored; {@code corpus} is the corpus id.
   *
   * @param point which weights
   */
  record Evaluated(
      String studyId,
      String stageId,
      EvaluationPoint point,
      String corpus,
      double lossNatsPerToken,
      Double standardError,
      long tokens)
      implements LiveData {
    @Override
    public String type() {
      return "evaluation";
    }
  }

  /**
   * {@code task}: weights of a stage were scored on a task; one event for each metric.
   *
   * @param point which weights
   * @param task what was asked
   * @param standardError null where one request leaves it open
   */
  record TaskScored(
      String studyId,
      String stageId,
      EvaluationPoint point,
      TaskEvaluation task,
      String metric,
      double value,
      Double standardError)
      implements LiveData {
    @Override
    public String type() {
      return "task";
    }
  }

  /** What an event's scores are to one study that wants its stage. */
  static Stream<LiveData> scores(String studyId, CheckpointEvaluated event) {
    Stream<LiveData> losses =
        event.results().stream()
            .map(
                result ->
                    new Evaluated(
                        studyId,
                        event.stageId(),
                        event.point(),
                        result.corpus(),
                        result.lossNatsPerToken(),
                        result.knownError(),
                        result.tokens()));
    Stream<LiveData> tasks =
        event.taskResults().stream()
            .flatMap(
                result ->
                    result.metrics().stream()
                        .map(
                            metric ->
                                new TaskScored(
                                    studyId,
                                    event.stageId(),
                                    event.point(),
                                    result.evaluation(),
                                    metric.name(),
                                    metric.value(),
                                    metric.standardError())));
    return Stream.concat(losses, tasks);
  }

  /**
   * {@code waiting}: work on a stage waits for a task that is away, or goes on.
   *
   * @param task {@code name@version}
   * @param resumedAt when the waiting ended; null while it lasts
   */
  record Waiting(
      String studyId,
      String stageId,
      WaitingWork work,
      String task,
      Instant since,
      String reason,
      Instant resumedAt)
      implements LiveData {

    /** The waiting, for one study that wants the stage. */
    public static Waiting of(String studyId, StageWaiting e) {
      return new Waiting(
          studyId,
          e.stageId(),
          e.work(),
          e.task().toString(),
          e.since(),
          e.reason(),
          e.resumedAt());
    }

    @Override
    public String type() {
      return "waiting";
    }
  }

  /** {@code frontier}: there is a new point; read {@code /api/studies/{id}/frontiers}. */
  record FrontierMoved(String studyId, long revision) implements LiveData {
    @Override
    public String type() {
      return "frontier";
    }
  }

  /**
   * {@code resync}: events between the client's last one and the oldest kept one are gone; read the
   * study anew. Its id is the position from which the stream goes on.
   *
   * @param studyId the study of the subscription, or null for all
   * @param oldest oldest event id that is still kept
   */
  record Resync(String studyId, long oldest) implements LiveData {
    @Override
    public String type() {
      return "resync";
    }
  }
}
