package io.holdfast.frontier.lifecycle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The stages and studies that a decision may concern: the event's stage, every running study that
 * wants it, and all stages of those studies. It may hold more.
 *
 * <p>Immutable. A changed ledger shares all that did not change with the one before, so a decision
 * costs what it changes, however large the studies are.
 */
public final class Ledger {

  public static final Ledger EMPTY =
      new Ledger(
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty());

  private final PMap<String, StageRecord> stages;
  private final PMap<String, StudyRecord> studies;

  /** By stage id, the ids of the studies here that have it. */
  private final PMap<String, List<String>> users;

  /** By stage id, those that start from its checkpoint. */
  private final PMap<String, PSet<String>> children;

  /** By the id of a running study, its stages that may still move or owe it a score. */
  private final PMap<String, PSet<String>> unfinished;

  private Ledger(
      PMap<String, StageRecord> stages,
      PMap<String, StudyRecord> studies,
      PMap<String, List<String>> users,
      PMap<String, PSet<String>> children,
      PMap<String, PSet<String>> unfinished) {
    this.stages = stages;
    this.studies = studies;
    this.users = users;
    this.children = children;
    this.unfinished = unfinished;
  }

  /** A ledger of these. */
  public static Ledger of(Collection<StageRecord> stages, Collection<StudyRecord> studies) {
    Ledger ledger = EMPTY;
    for (StageRecord stage : stages) {
      ledger = ledger.with(stage);
    }
    for (StudyRecord study : studies) {
      ledger = ledger.with(study);
    }
    return ledger;
  }

  /** By stage id. */
  public Map<String, StageRecord> stages() {
    return stages;
  }

  /** By study id. */
  public Map<String, StudyRecord> studies() {
    return studies;
  }

  /** Studies here that have the stage, running or not, in the order of their ids. */
  public Stream<StudyRecord> studiesWith(String stageId) {
    return users.getOrDefault(stageId, List.of()).stream().map(studies::get);
  }

  /** Running studies here that want the stage, in the order of their ids. */
  public Stream<StudyRecord> wanting(String stageId) {
    return studiesWith(stageId).filter(StudyRecord::running);
  }

  /** Stages that start from this one's checkpoint. */
  Set<String> children(String stageId) {
    return children.getOrDefault(stageId, HashTreePSet.empty());
  }

  /** Stages of a running study that may still move or owe it a score. */
  Set<String> unfinished(String studyId) {
    return unfinished.getOrDefault(studyId, HashTreePSet.empty());
  }

  /** The ledger after changes in order. */
  public Ledger apply(List<Change> changes) {
    Ledger ledger = this;
    for (Change change : changes) {
      ledger = ledger.after(change);
    }
    return ledger;
  }

  Ledger after(Change change) {
    return switch (change) {
      case Change.StageAdded(String id, String parent) -> with(StageRecord.waiting(id, parent));
      case Change.StageMoved(String id, StageState state) -> with(stage(id).in(state));
      case Change.StageScored(String id, Scored scored) -> with(stage(id).with(scored));
      case Change.EvaluationGivenUp(String id, var failure) -> with(stage(id).with(failure));
      case Change.EvaluationAskedAgain(String id) -> with(stage(id).askedAgain());
      case Change.StudyOpened(StudyRecord study) -> with(study.in(StudyState.RUNNING));
      case Change.StudyMoved(String id, StudyState state) -> with(studies.get(id).in(state));
    };
  }

  StageRecord stage(String id) {
    StageRecord stage = stages.get(id);
    if (stage == null) {
      throw new IllegalArgumentException("the ledger has no stage " + id);
    }
    return stage;
  }

  /** With this instead of what was known of the stage. */
  public Ledger with(StageRecord stage) {
    String id = stage.id();
    PMap<String, PSet<String>> open = unfinished;
    for (StudyRecord study : (Iterable<StudyRecord>) wanting(id)::iterator) {
      PSet<String> own = open.get(study.id());
      boolean finished = stage.isFinishedFor(study.stages().get(id));
      open = open.plus(study.id(), finished ? own.minus(id) : own.plus(id));
    }
    return new Ledger(stages.plus(id, stage), studies, users, childrenWith(stage), open);
  }

  private PMap<String, PSet<String>> childrenWith(StageRecord stage) {
    return stage.parent() == null || children(stage.parent()).contains(stage.id())
        ? children
        : children.plus(
            stage.parent(),
            children.getOrDefault(stage.parent(), HashTreePSet.empty()).plus(stage.id()));
  }

  /** With this instead of what was known of the study; all its stages must be known. */
  public Ledger with(StudyRecord study) {
    PMap<String, PSet<String>> open =
        study.running()
            ? unfinished.plus(study.id(), HashTreePSet.from(unfinishedOf(study)))
            : unfinished.minus(study.id());
    return new Ledger(stages, studies.plus(study.id(), study), usersWith(study), children, open);
  }

  private PMap<String, List<String>> usersWith(StudyRecord study) {
    StudyRecord before = studies.get(study.id());
    if (before != null && before.stages().keySet().equals(study.stages().keySet())) {
      return users;
    }
    PMap<String, List<String>> others = before == null ? users : usersWithout(before);
    // Most stages have this study only: one list for all of them.
    List<String> alone = List.of(study.id());
    for (String id : study.stages().keySet()) {
      List<String> known = others.get(id);
      others =
          others.plus(
              id,
              known == null
                  ? alone
                  : Stream.concat(known.stream(), alone.stream()).sorted().toList());
    }
    return others;
  }

  private PMap<String, List<String>> usersWithout(StudyRecord study) {
    PMap<String, List<String>> left = users;
    for (String id : study.stages().keySet()) {
      List<String> others = left.get(id).stream().filter(user -> !user.equals(study.id())).toList();
      left = others.isEmpty() ? left.minus(id) : left.plus(id, others);
    }
    return left;
  }

  private List<String> unfinishedOf(StudyRecord study) {
    return study.stages().entrySet().stream()
        .filter(wanted -> !stage(wanted.getKey()).isFinishedFor(wanted.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Without a study, and without those of its stages that no other study here wants. */
  public Ledger without(String studyId) {
    StudyRecord study = studies.get(studyId);
    PMap<String, List<String>> others = usersWithout(study);
    List<String> orphans =
        study.stages().keySet().stream().filter(id -> !others.containsKey(id)).toList();
    PMap<String, PSet<String>> left = children.minusAll(orphans);
    for (String id : orphans) {
      String parent = stage(id).parent();
      if (parent != null && left.containsKey(parent)) {
        left = left.plus(parent, left.get(parent).minus(id));
      }
    }
    return new Ledger(
        stages.minusAll(orphans), studies.minus(studyId), others, left, unfinished.minus(studyId));
  }
}
