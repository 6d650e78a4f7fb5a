package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.ParsedStudy;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.lifecycle.Failure;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.Weights;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.RecipeComparison;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import io.holdfast.frontier.study.Lineage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A study as it stands.
 *
 * @param id study id
 * @param name the study's name
 * @param question what the author wants to know, or null
 * @param source the study file's text, as submitted
 * @param state where it stands
 * @param recipes names in the study's order; the first is the baseline
 * @param corpora in the study's order
 * @param lineages every point that the study will have
 * @param plan what it was estimated to take
 * @param stages parents before children, most urgent first
 * @param evaluations of its stages' weights on held-out sets
 * @param taskScores of its stages' weights on tasks
 * @param revision grows with each new result
 * @param submittedAt when it was first submitted
 * @param finishedAt when it ended, or null
 */
public record StudySnapshot(
    String id,
    String name,
    String question,
    String source,
    StudyState state,
    List<String> recipes,
    List<CorpusSnapshot> corpora,
    List<Lineage> lineages,
    StudyPlan plan,
    List<StageSnapshot> stages,
    List<Evaluation> evaluations,
    List<TaskScore> taskScores,
    long revision,
    Instant submittedAt,
    Instant finishedAt) {

  public StudySnapshot {
    recipes = List.copyOf(recipes);
    corpora = List.copyOf(corpora);
    lineages = List.copyOf(lineages);
    stages = List.copyOf(stages);
    evaluations = List.copyOf(evaluations);
    taskScores = List.copyOf(taskScores);
  }

  /** One of its stages. */
  public StageSnapshot stage(String stageId) {
    return stages.stream()
        .filter(stage -> stage.id().equals(stageId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage " + stageId + " in " + id));
  }

  /** The study's name of a corpus; the id itself when the study does not name it. */
  public String corpusName(String corpusId) {
    return corpora.stream()
        .filter(corpus -> corpus.found().id().equals(corpusId))
        .map(CorpusSnapshot::name)
        .findFirst()
        .orElse(corpusId);
  }

  /** The study's name of a part of a corpus: two sizes of one corpus are two names. */
  public String corpusName(Part part) {
    return corpora.stream()
        .filter(corpus -> corpus.found().id().equals(part.corpus()))
        .filter(corpus -> Objects.equals(corpus.limitTokens(), part.limitTokens()))
        .map(CorpusSnapshot::name)
        .findFirst()
        .orElseGet(() -> corpusName(part.corpus()));
  }

  /** The scores that answer what it wanted. */
  public Answers answers() {
    return new Answers(this);
  }

  /** Why a stage failed, or why it lacks scores that will not come by themselves. */
  public Optional<Failure> failure(StageSnapshot stage) {
    return switch (stage.state()) {
      case StageState.Failed failed -> Optional.of(failed.failure());
      case StageState.Trained t when t.weights() instanceof Weights.Lost(Failure failure) ->
          Optional.of(failure);
      case StageState.Trained trained ->
          stage.unscored().stream()
              .filter(unscored -> trained.isMeantBy(unscored) && lacks(stage, unscored))
              .findFirst()
              .map(StudySnapshot::failure);
      default -> Optional.empty();
    };
  }

  private static Failure failure(EvaluationFailed unscored) {
    String what =
        Stream.of(unscored.point().label(), unscored.task() == null ? "" : unscored.task().label())
            .filter(label -> !label.isEmpty())
            .map(label -> label + ": ")
            .collect(Collectors.joining());
    return new Failure(unscored.code(), what + unscored.message(), unscored.remedy());
  }

  private boolean lacks(StageSnapshot stage, EvaluationFailed unscored) {
    Answers answers = answers();
    return stage.wanted().stream()
        .anyMatch(wanted -> wanted.isMeantBy(unscored) && !answers.has(stage, wanted));
  }

  /** Every lineage with the losses of its points so far. */
  public List<MeasuredLineage> measured() {
    LossReader losses = LossReader.of(this);
    return lineages.stream().map(losses::measure).toList();
  }

  /** Every point of every lineage with its losses so far. */
  public List<LineagePoint> points() {
    return measured().stream().flatMap(lineage -> lineage.points().stream()).toList();
  }

  /** Every lineage's points with the knobs of its recipe, and what statistics need beside them. */
  public StudyTrials trials() {
    return new StudyTrials(recipes, new KnobReader(this).trials(points()), Resampling.DEFAULT);
  }

  /** The author's claims; none when the study file names none. */
  public List<Claim> claims() {
    return StudyParser.parse(source) instanceof ParsedStudy.Valid valid
        ? valid.study().claims()
        : List.of();
  }

  /** All statistics of the study as it stands. */
  public StudyStatistics statistics() {
    return statistics(List.of());
  }

  /**
   * All statistics of the study as it stands.
   *
   * @param beside further studies, such as the same at other sizes: their runs join its own in the
   *     laws that its claims are about, and count in nothing else
   */
  public StudyStatistics statistics(List<StudySnapshot> beside) {
    List<Claim> claims = claims();
    return StudyStatistics.of(ClaimEvidence.of(this, beside, claims, trials()), claims);
  }

  /** Whether further studies beside it would change its statistics. */
  public boolean claimsLaws() {
    return ClaimEvidence.aboutLaws(claims());
  }

  /** Every further recipe against the first. */
  public List<RecipeComparison> comparisons() {
    return RecipeComparison.all(recipes, points());
  }

  /** The stage that a waiting stage waits for and that failed, the first time or again; or null. */
  public String blockedBy(StageSnapshot stage) {
    if (!(stage.state() instanceof StageState.Waiting)) {
      return null;
    }
    String parent = stage.spec().parent();
    while (parent != null) {
      StageSnapshot ancestor = stage(parent);
      if (ancestor.state().isDeadEnd()) {
        return ancestor.id();
      }
      parent = ancestor.spec().parent();
    }
    return null;
  }

  /** Ids of the stages that are trained. */
  public Set<String> trained() {
    Set<String> trained = new HashSet<>();
    stages.stream()
        .filter(stage -> stage.state() instanceof StageState.Trained)
        .forEach(stage -> trained.add(stage.id()));
    return trained;
  }
}
