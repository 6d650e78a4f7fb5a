package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.eval.evaluation.TaskPiece;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scores on tasks, and who waits for them. State, events and work change in one transaction. */
@ApplicationScoped
public class TaskStore {

  /** Kind of the work that speaks to one task's service; its id is the task's name. */
  public static final String ASK = "ask-task";

  /** Kind of the work that has one set of weights answer one task; its id is the piece's. */
  public static final String ANSWER = "answer-task";

  private static final int MOST_SHOWN = 10_000;

  private final EntityManager database;
  private final Outbox outbox;
  private final LeasedWork work;
  private final TaskWaiting waiting;
  private final Clock clock = Clock.systemUTC();

  @Inject
  TaskStore(EntityManager database, Outbox outbox, LeasedWork work, TaskWaiting waiting) {
    this.database = database;
    this.outbox = outbox;
    this.work = work;
    this.waiting = waiting;
  }

  /** Answers for each task of the checkpoint at once, or remembers that it is asked for. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void request(CheckpointPublished checkpoint) {
    TaskPiece.of(checkpoint).forEach(this::request);
  }

  private void request(TaskPiece asked) {
    if (asked.request().lacksParent()) {
      // Told once for the point, with its held-out sets.
      return;
    }
    String id = asked.id();
    database
        .createNativeQuery(
            "insert into task_piece (id, task, weights, evaluation, checkpoint, state)"
                + " values (?1, ?2, ?3, ?4, ?5, 'DUE') on conflict do nothing")
        .setParameter(1, id)
        .setParameter(2, asked.evaluation().task().toString())
        .setParameter(3, asked.request().weights())
        .setParameter(4, Json.write(asked.evaluation()))
        .setParameter(5, asked.request().checkpoint().checkpoint())
        .executeUpdate();
    TaskPieceRow piece = database.find(TaskPieceRow.class, id);
    if (piece.result != null) {
      outbox.publish(asked.answer(piece.score()));
      return;
    }
    database
        .createNativeQuery(
            "insert into task_request (piece, published, point, stage_id, attempt)"
                + " values (?1, ?2, ?3, ?4, ?5)"
                + " on conflict (piece, md5(published)) do update set problem = null")
        .setParameter(1, id)
        .setParameter(2, Json.write(asked.request().checkpoint()))
        .setParameter(3, asked.request().point() instanceof Probe p ? Json.write(p) : null)
        .setParameter(4, asked.request().checkpoint().stageId())
        .setParameter(5, asked.request().checkpoint().attempt())
        .executeUpdate();
    work.submit(ASK, piece.task, 0);
  }

  /** The task is here, or here again: what waits for it goes on. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void heard(TaskName task) {
    if (!open(task).isEmpty()) {
      work.submit(ASK, task.toString(), 0);
    }
  }

  /** Pieces of a task that somebody waits for, oldest request first. */
  @Transactional
  public List<OpenPiece> open(TaskName task) {
    Map<String, OpenPiece> pieces = new LinkedHashMap<>();
    database
        .createQuery(
            "select r from TaskRequestRow r join fetch r.piece p"
                + " where p.task = ?1 and p.state <> 'SCORED' and r.problem is null order by r.id",
            TaskRequestRow.class)
        .setParameter(1, task.toString())
        .getResultStream()
        .map(TaskStore::open)
        .forEach(piece -> pieces.putIfAbsent(piece.id(), piece));
    return List.copyOf(pieces.values());
  }

  /** One piece that somebody waits for; empty when nobody does any more, or it is scored. */
  @Transactional
  public Optional<OpenPiece> open(String pieceId) {
    return requests(pieceId).stream()
        .filter(row -> row.piece.result == null)
        .findFirst()
        .map(TaskStore::open);
  }

  private static OpenPiece open(TaskRequestRow row) {
    return new OpenPiece(row.piece.id, row.asked(), row.piece.state.equals(TaskPieceRow.ANSWERED));
  }

  /**
   * A piece that somebody waits for.
   *
   * @param id of the piece
   * @param asked by the oldest request
   * @param answered whether the model has answered, so that the task's service is to judge
   */
  public record OpenPiece(String id, TaskPiece asked, boolean answered) {}

  /** All that the model needs is here. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ready(String pieceId) {
    waiting.end(requests(pieceId), clock.instant());
    work.submit(ANSWER, pieceId, 0);
  }

  /** The model has answered; the task's service judges. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void answered(String pieceId) {
    TaskPieceRow piece = database.find(TaskPieceRow.class, pieceId);
    piece.state = TaskPieceRow.ANSWERED;
    work.submit(ASK, piece.task, 0);
  }

  /** The pieces cannot go on while the task is away. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void waits(List<String> pieceIds, String reason) {
    pieceIds.forEach(id -> waiting.begin(requests(id), reason, clock.instant()));
  }

  /** Keeps a score and answers all who wait for it. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void scored(String pieceId, TaskResult result) {
    List<TaskRequestRow> requests = requests(pieceId);
    waiting.end(requests, clock.instant());
    TaskPieceRow piece = database.find(TaskPieceRow.class, pieceId);
    if (piece.result == null) {
      // The first score stays: another machine's may differ in the last digits.
      piece.result = Json.write(result);
      piece.state = TaskPieceRow.SCORED;
      piece.evaluatedAt = clock.instant();
    }
    for (TaskRequestRow row : requests) {
      outbox.publish(row.asked().answer(piece.score()));
      database.remove(row);
    }
  }

  /** The piece cannot be scored: every stage that waits is told once. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void gaveUp(String pieceId, FailureCode code, String message, String remedy) {
    List<TaskRequestRow> requests = requests(pieceId);
    waiting.end(requests, clock.instant());
    Set<EvaluationFailed> answers = new LinkedHashSet<>();
    for (TaskRequestRow row : requests) {
      row.problem = message + " " + remedy;
      TaskPiece asked = row.asked();
      CheckpointPublished checkpoint = asked.request().checkpoint();
      answers.add(
          new EvaluationFailed(
              checkpoint.stageId(),
              checkpoint.checkpoint(),
              checkpoint.sha256(),
              asked.request().point(),
              asked.evaluation(),
              code,
              message,
              remedy));
    }
    answers.forEach(outbox::publish);
  }

  /** No study wants the stage any more; what was scored stays known. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void cancel(StageCancelled cancelled) {
    // Nobody can ask until the transaction ends, so that a piece without requests may be stopped.
    database
        .createNativeQuery("lock table task_request in share row exclusive mode")
        .executeUpdate();
    List<TaskRequestRow> dropped =
        database
            .createQuery(
                "select r from TaskRequestRow r where r.stageId = ?1 and r.attempt <= ?2",
                TaskRequestRow.class)
            .setParameter(1, cancelled.stageId())
            .setParameter(2, cancelled.attempt())
            .getResultList();
    Set<String> pieces = new LinkedHashSet<>();
    dropped.stream().map(row -> row.piece.id).sorted().forEach(pieces::add);
    dropped.forEach(database::remove);
    database.flush();
    pieces.stream().filter(id -> requests(id).isEmpty()).forEach(id -> work.cancel(ANSWER, id));
  }

  /** Pieces by task, of these weights or of all; the latest score first. */
  @Transactional
  public List<PieceState> pieces(String weights) {
    return database
        .createQuery(
            "select p from TaskPieceRow p where ?1 is null or p.weights = ?1"
                + " order by p.evaluatedAt desc nulls first, p.id",
            TaskPieceRow.class)
        .setParameter(1, weights)
        .setMaxResults(MOST_SHOWN)
        .getResultStream()
        .map(TaskStore::state)
        .toList();
  }

  /** One piece. */
  @Transactional
  public Optional<PieceState> piece(String id) {
    return Optional.ofNullable(database.find(TaskPieceRow.class, id)).map(TaskStore::state);
  }

  private static PieceState state(TaskPieceRow row) {
    return new PieceState(
        row.id,
        row.weights,
        row.checkpoint,
        Json.read(row.evaluation, TaskEvaluation.class),
        row.state,
        row.waitingFor,
        row.waitingSince,
        row.score());
  }

  /**
   * How a piece stands.
   *
   * @param id of the piece
   * @param weights SHA-256 of the weights, or of what they are made of
   * @param checkpoint artifact path of the checkpoint that they are, or are made of
   * @param evaluation what is asked
   * @param state DUE, ANSWERED or SCORED
   * @param waitingFor why it waits for the task's service; null while it does not
   * @param waitingSince since when
   * @param result null until it is scored
   */
  public record PieceState(
      String id,
      String weights,
      String checkpoint,
      TaskEvaluation evaluation,
      String state,
      String waitingFor,
      Instant waitingSince,
      TaskResult result) {}

  private List<TaskRequestRow> requests(String pieceId) {
    return database
        .createQuery(
            "select r from TaskRequestRow r join fetch r.piece p"
                + " where p.id = ?1 and r.problem is null order by r.id",
            TaskRequestRow.class)
        .setParameter(1, pieceId)
        .getResultList();
  }
}
