package io.holdfast.frontier.api;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.contracts.stage.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One stage of a study, in {@link StudyView} and {@code GET /api/studies/{id}/stages}.
 *
 * @param id stage id
 * @param kind which of the three stages
 * @param recipes the recipes that use it
 * @param settings swept values of this stage, such as {@code fine_tune.learning_rate=0.001}
 * @param seed the stage's seed
 * @param parent stage id of the parent, or null for a root
 * @param state WAITING, REQUESTED, PREPARED, TRAINING, TRAINED, FAILED or CANCELLED
 * @param blockedBy stage id of the failed stage that it waits for, or null
 * @param attempt requests so far
 * @param step optimizer steps done
 * @param steps of the whole stage before any early stop; 0 until known
 * @param tokens trained tokens
 * @param totalTokens of the whole stage: planned, then exact, and what was trained once it is
 * @param tokensPerSecond last reported, or null
 * @param lossNatsPerToken last reported training loss, or null
 * @param devLossNatsPerToken last loss on the dev split, or null
 * @param learningRate last reported, or null
 * @param worker the trainer that works or worked on it, or null
 * @param etaSeconds remaining training time, or null unless it trains
 * @param requestedAt when it was last requested, or null
 * @param startedAt when its first step of this attempt was reported, or null
 * @param finishedAt when it was trained, failed or cancelled, or null
 * @param checkpoint artifact path of the final checkpoint, or null where there is none, or none any
 *     more
 * @param sha256 of its weights, or null
 * @param tokensByCorpus trained tokens by the study's corpus names, exact; empty until trained
 * @param trainingSeconds time in training steps, or null until trained
 * @param flops floating-point operations, or null until trained
 * @param stoppedEarly whether early stopping ended it, or null until trained
 * @param bestStep step whose weights were kept, or null until trained
 * @param failure why it failed, or why its checkpoint cannot be scored, or null
 * @param evaluations wanted evaluations of its checkpoint
 * @param evaluated those that are there
 * @param waiting what it waits for now, if anything
 * @param weights of a trained stage whose weights are not in the store: {@code COLLECTED} when they
 *     were removed, {@code NEEDED} or {@code ASKED} when they are to be trained again, {@code LOST}
 *     when that failed; else null
 */
public record StageView(
    String id,
    StageKind kind,
    List<String> recipes,
    String settings,
    long seed,
    String parent,
    String state,
    String blockedBy,
    int attempt,
    long step,
    long steps,
    long tokens,
    long totalTokens,
    Double tokensPerSecond,
    Double lossNatsPerToken,
    Double devLossNatsPerToken,
    Double learningRate,
    String worker,
    Double etaSeconds,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    String checkpoint,
    String sha256,
    Map<String, Long> tokensByCorpus,
    Double trainingSeconds,
    Double flops,
    Boolean stoppedEarly,
    Long bestStep,
    StageFailure failure,
    int evaluations,
    int evaluated,
    List<StageWait> waiting,
    String weights) {

  /**
   * Work on a stage waits for a task that is away, and goes on by itself when it is back.
   *
   * @param work what waits
   * @param task {@code name@version}
   * @param since when the waiting began
   * @param reason why the task cannot be used now, one sentence
   */
  public record StageWait(WaitingWork work, String task, Instant since, String reason) {}

  /** Why a stage, or the scoring of its checkpoint, failed. */
  public record StageFailure(FailureCode code, String message, String remedy) {}
}
