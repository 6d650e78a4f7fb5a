package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.study.StageNode;
import io.holdfast.frontier.study.StageTree;
import io.holdfast.frontier.study.StudyExpansion;
import io.holdfast.frontier.study.StudyPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An injection grid (FSL §3) at one model size, trained and scored as known laws say: pretraining
 * loss 3 before fine-tuning, 3 + 60·D^0.15 / ((1 + 2000·p)·N)^0.45 after; fine-tuning loss 30 /
 * (N^0.2 · D^0.1) + 1.5, and more at the higher of two learning rates.
 */
public final class PlantedStudy {

  private static final String TEXT =
      """
      study: grid
      model: {layers: 2, hidden: %d, heads: 4, context: 128}
      tokenizer: {vocab: 2048, train_on: [prose, metamath]}
      corpora:
        prose: {embedded: prose}
        metamath: {embedded: metamath, tokens: 100_000}
        factbook: {embedded: factbook, tokens: 200_000}
      seeds: [4]
      stages:
        pretrain: {corpus: prose, tokens: 800_000, learning_rate: 2e-3, batch: 8}
        post_train: {corpus: metamath, tokens: 600_000, learning_rate: 3e-3, batch: 8}
        fine_tune:
          corpus: factbook
          tokens: [25_000, 100_000, 400_000]
          replay: {fraction: [0, 0.01, 0.1], corpus: prose}
          learning_rate: [1e-3, 1e-2]
          batch: 8
      recipes:
        plain: {}
      """;

  private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

  private PlantedStudy() {}

  /** The grid with models of a width. */
  public static StudySnapshot of(int hidden) {
    StudyFile file = StudyParser.parse(TEXT.formatted(hidden)).orThrow();
    StageTree tree = StudyExpansion.expand(file, SampleStudy.inspection()).orThrow();
    StudyPlan plan =
        StudyPlanner.plan(
            file,
            SampleStudy.inspection(),
            tree,
            Map.of(),
            1,
            StudyPlanner.DEFAULT_FLOPS_PER_SECOND);
    List<StageSnapshot> stages = new ArrayList<>();
    List<Evaluation> evaluations = new ArrayList<>();
    for (StageNode node : tree.stages().values()) {
      PlannedStage planned =
          plan.stages().stream().filter(p -> p.id().equals(node.id())).findFirst().orElseThrow();
      StageCompleted completion = completed(node, planned);
      stages.add(stage(node, planned, completion));
      node.evaluations()
          .forEach(
              set -> evaluations.add(evaluation(node, completion, set.corpus(), set.maxTokens())));
    }
    return new StudySnapshot(
        "grid-" + hidden,
        file.name(),
        null,
        TEXT.formatted(hidden),
        StudyState.COMPLETED,
        List.of("plain"),
        file.corpora().entrySet().stream()
            .map(
                e ->
                    new CorpusSnapshot(
                        e.getKey(),
                        e.getValue().definition(),
                        e.getValue().limitTokens(),
                        SampleStudy.inspection().corpora().get(e.getKey())))
            .toList(),
        tree.lineages(),
        plan,
        stages,
        evaluations,
        List.of(),
        1,
        START,
        START.plusSeconds(60));
  }

  private static StageCompleted completed(StageNode node, PlannedStage planned) {
    Map<String, Long> tokens = new HashMap<>();
    planned.tokensByCorpus().forEach((name, count) -> tokens.put(Json.sha256(name), count));
    long total = tokens.values().stream().mapToLong(Long::longValue).sum();
    return new StageCompleted(
        node.id(),
        "checkpoints/" + node.id() + "/final",
        Json.sha256("weights of " + node.id()),
        10,
        total,
        tokens,
        false,
        10,
        null,
        1,
        planned.flops());
  }

  private static StageSnapshot stage(
      StageNode node, PlannedStage planned, StageCompleted completion) {
    return new StageSnapshot(
        node.id(),
        node.spec(),
        planned,
        new StageState.Trained(1, completion.sha256()),
        node.evaluations().stream().<WantedScore>map(set -> new WantedSet(set, true)).toList(),
        null,
        completion,
        List.of(),
        List.of(),
        START,
        START,
        START.plusSeconds(60));
  }

  private static Evaluation evaluation(
      StageNode node, StageCompleted completion, String corpus, long tokens) {
    double loss = loss(node, completion, corpus);
    return new Evaluation(
        node.id(),
        completion.sha256(),
        EvaluationPoint.FINAL,
        corpus,
        loss,
        0.02,
        tokens,
        10,
        tokens * 4,
        1,
        1,
        tokens);
  }

  private static double loss(StageNode node, StageCompleted completion, String corpus) {
    if (node.spec().kind() != StageKind.FINE_TUNE) {
      return 3;
    }
    double n = node.spec().architecture().parameters();
    // 200,000 tokens are all that the corpus has, however often they are seen.
    double d =
        Math.min(200_000, completion.tokensByCorpus().getOrDefault(Json.sha256("factbook"), 0L));
    double p =
        completion.tokensByCorpus().getOrDefault(Json.sha256("prose"), 0L)
            / (double) completion.tokens();
    boolean high = node.spec().optimization().peakLearningRate() > 5e-3;
    return corpus.equals(Json.sha256("factbook"))
        ? 30 / (Math.pow(n, 0.2) * Math.pow(d, 0.1)) + 1.5 + (high ? 0.3 : 0)
        : 3 + (high ? 2 : 1) * 60 * Math.pow(d, 0.15) / Math.pow((1 + 2_000 * p) * n, 0.45);
  }
}
