package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.frontier.lifecycle.Failure;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.Weights;
import io.holdfast.frontier.snapshot.ReportedProgress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stage, shared by all studies that want it. */
@Entity
@Table(name = "stage")
public class StageEntity extends PanacheEntityBase {

  @Id public String id;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  public StageKind kind;

  public String parent;

  @Column(name = "spec_json", nullable = false)
  public String specJson;

  @Column(nullable = false)
  public String state;

  public int attempt;

  public String sha256;

  /** Where the weights of a trained stage are; of another that ended, whether its files went. */
  @Column(nullable = false)
  public String weights = Weights.STORED.name();

  @Column(name = "completion_json")
  public String completionJson;

  /** Why some of its weights could not be scored when that was last asked, or null. */
  @Column(name = "evaluation_failures_json")
  public String evaluationFailuresJson;

  @Enumerated(EnumType.STRING)
  @Column(name = "failure_code")
  public FailureCode failureCode;

  @Column(name = "failure_message")
  public String failureMessage;

  @Column(name = "failure_remedy")
  public String failureRemedy;

  @Column(name = "requested_at")
  public Instant requestedAt;

  @Column(name = "started_at")
  public Instant startedAt;

  @Column(name = "finished_at")
  public Instant finishedAt;

  public Long step;
  public Long steps;
  public Long tokens;

  @Column(name = "total_tokens")
  public Long totalTokens;

  public Double loss;

  @Column(name = "dev_loss")
  public Double devLoss;

  @Column(name = "learning_rate")
  public Double learningRate;

  @Column(name = "tokens_per_second")
  public Double tokensPerSecond;

  public String worker;

  /** Number of the last change that the ledger knows of; the database gives it. */
  @Column(insertable = false, updatable = false)
  public long changed;

  /** What is trained. */
  public StageSpec spec() {
    return Json.read(specJson, StageSpec.class);
  }

  StageCompleted completion() {
    return completionJson == null ? null : Json.read(completionJson, StageCompleted.class);
  }

  List<EvaluationFailed> evaluationFailures() {
    return row().evaluationFailures();
  }

  void add(EvaluationFailed failure) {
    List<EvaluationFailed> failures = new ArrayList<>(evaluationFailures());
    failures.removeIf(failure::isAboutTheSameAs);
    failures.add(failure);
    evaluationFailuresJson = Json.write(failures);
  }

  StageState state() {
    return row().stageState();
  }

  private StageRow row() {
    return new StageRow(
        id,
        parent,
        state,
        attempt,
        sha256,
        weights,
        completionJson,
        failureCode,
        failureMessage,
        failureRemedy,
        evaluationFailuresJson);
  }

  /** Stores a decided state. */
  void move(StageState next, Instant now) {
    boolean wasTrained = "TRAINED".equals(state);
    boolean wasStored = weights.equals(Weights.STORED.name());
    Weights place = next instanceof StageState.Trained trained ? trained.weights() : Weights.STORED;
    weights = place.name();
    state = next.name();
    attempt = next.attempt();
    Failure failure = failure(next);
    failureCode = failure == null ? null : failure.code();
    failureMessage = failure == null ? null : failure.message();
    failureRemedy = failure == null ? null : failure.remedy();
    switch (next) {
      case StageState.Waiting waiting -> forgetAttempt();
      case StageState.Requested requested -> {
        forgetAttempt();
        requestedAt = now;
      }
      case StageState.Prepared prepared -> {}
      case StageState.Training training -> startedAt = now;
      case StageState.Trained trained -> {
        sha256 = trained.sha256();
        boolean fresh = !wasTrained || trained.isStored() && !wasStored;
        finishedAt = fresh ? now : finishedAt;
      }
      case StageState.Failed failed -> finishedAt = now;
      case StageState.Cancelled cancelled -> finishedAt = now;
    }
  }

  private static Failure failure(StageState state) {
    if (state instanceof StageState.Trained trained
        && trained.weights() instanceof Weights.Lost lost) {
      return lost.failure();
    }
    return state instanceof StageState.Failed failed ? failed.failure() : null;
  }

  private void forgetAttempt() {
    requestedAt = null;
    startedAt = null;
    finishedAt = null;
    step = null;
    steps = null;
    tokens = null;
    totalTokens = null;
    loss = null;
    devLoss = null;
    learningRate = null;
    tokensPerSecond = null;
    worker = null;
  }

  /** Stores a trainer's report. */
  void report(StageProgressed report) {
    step = report.step();
    steps = report.steps();
    tokens = report.tokens();
    totalTokens = report.totalTokens();
    loss = report.lossNatsPerToken();
    devLoss = report.devLossNatsPerToken();
    learningRate = report.learningRate();
    tokensPerSecond = report.tokensPerSecond();
    worker = report.worker();
  }

  ReportedProgress progress() {
    return step == null
        ? null
        : new ReportedProgress(
            step, steps, tokens, totalTokens, loss, devLoss, learningRate, tokensPerSecond, worker);
  }
}
