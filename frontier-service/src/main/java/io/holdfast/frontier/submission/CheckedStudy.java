package io.holdfast.frontier.submission;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.lifecycle.StudySubmission;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.lifecycle.WantedStage;
import io.holdfast.frontier.lifecycle.WantedTask;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.study.StageNode;
import io.holdfast.frontier.study.StageTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A study without problems.
 *
 * @param source its text
 * @param file what the text means
 * @param inspection what data-service found
 * @param tree its stages
 * @param plan what it is estimated to take
 */
public record CheckedStudy(
    String source, StudyFile file, Inspection inspection, StageTree tree, StudyPlan plan) {

  private static final int HASH_DIGITS = 12;

  /**
   * Study id: the name and a hash of everything that decides stages and points. Comments, order of
   * keys and the question do not count; the same id is the same study.
   */
  public String id() {
    Map<String, Object> content = new TreeMap<>();
    content.put("lineages", tree.lineages());
    tree.stages().values().forEach(stage -> content.put(stage.id(), wanted(stage)));
    return file.name() + "-" + Json.sha256(content).substring(0, HASH_DIGITS);
  }

  /** Recipe names in the study's order. */
  public List<String> recipes() {
    return file.recipes().stream().map(Recipe::name).toList();
  }

  /** The corpora in the study's order. */
  public List<CorpusSnapshot> corpora() {
    return file.corpora().entrySet().stream()
        .map(
            corpus ->
                new CorpusSnapshot(
                    corpus.getKey(),
                    corpus.getValue().definition(),
                    corpus.getValue().limitTokens(),
                    inspection.corpora().get(corpus.getKey())))
        .toList();
  }

  /** What a stage's weights are to be scored on. */
  public List<WantedScore> wanted(StageNode stage) {
    return stage.points().stream().flatMap(point -> wanted(stage, point)).toList();
  }

  private Stream<WantedScore> wanted(StageNode stage, EvaluationPoint point) {
    Stream<WantedScore> sets =
        stage.evaluations().stream().map(set -> new WantedSet(point, set, isCounted(set.corpus())));
    return point instanceof Noisy
        ? sets
        : Stream.concat(sets, stage.tasks().stream().map(task -> new WantedTask(point, task)));
  }

  /** Whether the tokens of a corpus's test split are known; then the wanted set is no larger. */
  private boolean isCounted(String corpusId) {
    return inspection.corpora().entrySet().stream()
        .filter(corpus -> corpus.getValue().id().equals(corpusId))
        .anyMatch(corpus -> corpus.getValue().test().tokens() != null);
  }

  /** As the lifecycle takes it. */
  public StudySubmission submission() {
    return new StudySubmission(
        id(),
        tree.stages().values().stream()
            .map(
                stage ->
                    new SubmittedStage(
                        stage.id(),
                        stage.parent(),
                        new WantedStage(stage.priority(), new HashSet<>(wanted(stage)))))
            .toList());
  }
}
