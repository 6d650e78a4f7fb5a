package io.holdfast.frontier;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.lifecycle.WantedTask;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskScore;
import io.holdfast.frontier.study.StageNode;
import io.holdfast.frontier.study.StageTree;
import io.holdfast.frontier.study.StudyExpansion;
import io.holdfast.frontier.study.StudyPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A study as the quickstart is, with losses made up after calibration's table. */
public final class SampleStudy {

  public static final String TEXT =
      """
      study: sample
      question: Does early exposure to the post-training data make it survive fine-tuning?
      model: {layers: 4, hidden: 128, heads: 4, context: 128}
      tokenizer: {vocab: 2048, train_on: [prose, metamath]}
      corpora:
        prose: {embedded: prose}
        metamath: {embedded: metamath, tokens: 100_000}
        factbook: {embedded: factbook, tokens: 100_000}
      seeds: [4, 5, 6]
      stages:
        pretrain: {corpus: prose, tokens: 800_000, learning_rate: 2e-3, batch: 8}
        post_train:
          corpus: metamath
          tokens: 600_000
          learning_rate: 3e-3
          batch: 8
          early_stopping: {patience: 2}
        fine_tune: {corpus: factbook, tokens: 100_000, learning_rate: [1e-4, 3e-4, 1e-3], batch: 8}
      recipes:
        plain: {}
        exposed:
          pretrain: {exposure: {fraction: 1}}
      """;

  private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

  private SampleStudy() {}

  public static Inspection inspection() {
    Map<String, InspectedCorpus> corpora = new LinkedHashMap<>();
    for (String name : List.of("prose", "metamath", "factbook", "few")) {
      corpora.put(
          name,
          new InspectedCorpus(
              // A smaller part of a corpus is the same corpus.
              Json.sha256(name.equals("few") ? "metamath" : name),
              4_800,
              12_000_000,
              new SplitSize(4_400, 11_000_000, 2_900_000L, null),
              new SplitSize(200, 500_000, 130_000L, null),
              new SplitSize(200, 500_000, 120_000L, null)));
    }
    return new Inspection(
        Json.sha256("tokenizer"),
        2048,
        corpora,
        null,
        List.of(
            new CorpusOverlap("metamath", "metamath", 200, 1, 0, "proofs.jsonl:7"),
            new CorpusOverlap("metamath", "prose", 200, 0, 0, null)),
        List.of(
            new UnionOverlap(
                "metamath", List.of("metamath", "prose"), 200, 1, 1, "proofs.jsonl:7")),
        List.of());
  }

  public static StudyFile file() {
    return file(TEXT);
  }

  private static StudyFile file(String text) {
    return StudyParser.parse(text).orThrow();
  }

  public static StageTree tree() {
    return tree(TEXT);
  }

  private static StageTree tree(String text) {
    return StudyExpansion.expand(file(text), inspection()).orThrow();
  }

  /** The text with marks of fine-tuning and pretraining, an interpolation and weight noise. */
  public static String textWithPoints() {
    return TEXT.replace("1e-3], batch: 8}", "1e-3], batch: 8, marks: [25k, 50k]}")
            .replace(
                "learning_rate: 2e-3, batch: 8}",
                "learning_rate: 2e-3, batch: 8, marks: {every: 300k}}")
        + "evaluation: {interpolate: [0.5], weight_noise: {sigma: [0.01], seeds: 2}}\n";
  }

  /** One pass over the post-training data in five allocations, as EDE's experiment 3b has it. */
  public static StudySnapshot completedAllocation() {
    String divided =
        textWithPoints()
            .replace("    tokens: 600_000\n", "")
            .replace("    early_stopping: {patience: 2}\n", "")
            .replace("recipes:\n", "  allocation: [0, 0.25, 0.5, 0.75, 1]\nrecipes:\n")
            .replace("  exposed:\n    pretrain: {exposure: {fraction: 1}}\n", "");
    return snapshot(divided, StudyState.COMPLETED, stage -> true);
  }

  /** Two sizes of post-training data, each with five exposures at one fine-tuning rate. */
  public static StudySnapshot swept() {
    String swept =
        TEXT.replace("learning_rate: [1e-4, 3e-4, 1e-3]", "learning_rate: 1e-3")
                .replace(
                    "learning_rate: 2e-3, batch: 8}",
                    "learning_rate: 2e-3, batch: 8, exposure: [0, 0.25, 0.5, 0.75, 1]}")
                .replace(
                    "  factbook: {", "  few: {embedded: metamath, tokens: 30_000}\n  factbook: {")
                .replace("  plain: {}\n", "  large: {}\n")
                .replace(
                    "  exposed:\n    pretrain: {exposure: {fraction: 1}}\n",
                    "  small: {post_train: {corpus: few}}\n")
            + """
            evaluation: {post_train: metamath}
            claims:
              - trend: {metric: retained, along: exposure, direction: falls}
              - interior_minimum: {metric: retained, along: exposure}
            """;
    return snapshot(swept, StudyState.COMPLETED, stage -> true);
  }

  /** Everything of {@link #textWithPoints} trained and evaluated. */
  public static StudySnapshot completedWithPoints() {
    return snapshot(textWithPoints(), StudyState.COMPLETED, stage -> true);
  }

  /** Everything trained and evaluated, on a task too. */
  public static StudySnapshot completedWithTasks() {
    String text = TEXT + "evaluation: {tasks: [{task: capitals@1, limit: 200, metric: acc}]}\n";
    return snapshot(text, StudyState.COMPLETED, stage -> true);
  }

  /** Everything trained and evaluated. */
  public static StudySnapshot completed() {
    return snapshot(TEXT, StudyState.COMPLETED, stage -> true);
  }

  /** Only the first seed's lineages are trained. */
  public static StudySnapshot running() {
    return snapshot(TEXT, StudyState.RUNNING, stage -> stage.spec().seed() == 4);
  }

  private static StudySnapshot snapshot(
      String text, StudyState state, java.util.function.Predicate<StageNode> trained) {
    StudyFile file = file(text);
    StageTree tree = tree(text);
    StudyPlan plan =
        StudyPlanner.plan(
            file, inspection(), tree, Map.of(), 2, StudyPlanner.DEFAULT_FLOPS_PER_SECOND);
    List<StageSnapshot> stages = new ArrayList<>();
    List<Evaluation> evaluations = new ArrayList<>();
    for (StageNode node : tree.stages().values()) {
      StageCompleted completion = trained.test(node) ? completed(node, plan) : null;
      stages.add(stage(node, plan, completion));
      if (completion != null) {
        evaluations.addAll(evaluations(tree, node, completion));
      }
    }
    return new StudySnapshot(
        "sample-0123456789ab",
        file.name(),
        file.question(),
        text,
        state,
        file.recipes().stream().map(recipe -> recipe.name()).toList(),
        file.corpora().entrySet().stream()
            .map(
                e ->
                    new CorpusSnapshot(
                        e.getKey(),
                        e.getValue().definition(),
                        e.getValue().limitTokens(),
                        inspection().corpora().get(e.getKey())))
            .toList(),
        tree.lineages(),
        plan,
        stages,
        evaluations,
        tree.stages().values().stream()
            .filter(trained)
            .flatMap(node -> taskScores(node).stream())
            .toList(),
        12,
        START,
        state == StudyState.RUNNING ? null : START.plusSeconds(420));
  }

  private static StageSnapshot stage(StageNode node, StudyPlan plan, StageCompleted completion) {
    return new StageSnapshot(
        node.id(),
        node.spec(),
        plan.stages().stream().filter(p -> p.id().equals(node.id())).findFirst().orElseThrow(),
        completion == null ? new StageState.Waiting(0) : StageState.Trained.of(1, completion),
        node.points().stream()
            .flatMap(
                point ->
                    Stream.<WantedScore>concat(
                        node.evaluations().stream().map(set -> new WantedSet(point, set, true)),
                        node.tasks().stream().map(task -> new WantedTask(point, task))))
            .toList(),
        null,
        completion,
        List.of(),
        List.of(),
        START,
        START,
        completion == null ? null : START.plusSeconds(60));
  }

  private static StageCompleted completed(StageNode node, StudyPlan plan) {
    Map<String, Long> tokens = new LinkedHashMap<>();
    var planned = plan.stages().stream().filter(p -> p.id().equals(node.id())).findFirst();
    planned
        .orElseThrow()
        .tokensByCorpus()
        .forEach((name, count) -> tokens.put(Json.sha256(name), count));
    return new StageCompleted(
        node.id(),
        "checkpoints/" + node.id() + "/final",
        Json.sha256("weights of " + node.id()),
        700,
        tokens.values().stream().mapToLong(Long::longValue).sum(),
        tokens,
        node.spec().kind() == StageKind.POST_TRAIN,
        600,
        node.spec().kind() == StageKind.POST_TRAIN ? 2.51 : null,
        25.5,
        planned.orElseThrow().flops(),
        node.spec().marks().stream().map(mark -> marked(node, mark)).toList(),
        1);
  }

  private static Marked marked(StageNode node, long mark) {
    return new Marked(
        mark, "checkpoints/x", Json.sha256("mark " + mark + " of " + node.id()), 9, mark);
  }

  private static List<Evaluation> evaluations(
      StageTree tree, StageNode node, StageCompleted completion) {
    return node.points().stream()
        .flatMap(point -> evaluations(tree, node, completion, point).stream())
        .toList();
  }

  private static List<Evaluation> evaluations(
      StageTree tree, StageNode node, StageCompleted completion, EvaluationPoint point) {
    double exposed =
        tree.lineages().stream()
            .filter(l -> l.stages().contains(node.id()))
            .flatMap(l -> tree.stages().get(l.pretrain()).spec().mixture().exposures().stream())
            .mapToDouble(Exposure::fraction)
            .max()
            .orElse(0);
    double noise =
        new Random(node.spec().seed() * 31 + (exposed > 0 ? 1 : 0)).nextGaussian() * 0.08;
    double rate = node.spec().optimization().peakLearningRate();
    double forgetting = node.spec().kind() == StageKind.FINE_TUNE ? Math.log(rate / 1e-4) : 0;
    double metamath =
        2.45
            + (node.spec().kind() == StageKind.FINE_TUNE ? 0.4 : 0)
            + noise
            + forgetting * (0.8 - 0.25 * exposed)
            - 0.06 * exposed;
    double factbook = 4.9 - 0.6 * forgetting + noise / 4;
    double prose = 7.1 + 0.1 * forgetting + noise;
    List<Evaluation> evaluations = new ArrayList<>();
    evaluations.add(evaluation(node, completion, point, "prose", prose + offset(point)));
    evaluations.add(evaluation(node, completion, point, "metamath", metamath + offset(point)));
    evaluations.add(evaluation(node, completion, point, "factbook", factbook + offset(point)));
    return evaluations;
  }

  /** Fine-tuning teaches capitals, the more the higher its rate. */
  private static List<TaskScore> taskScores(StageNode node) {
    double rate = node.spec().optimization().peakLearningRate();
    boolean fineTuned = node.spec().kind() == StageKind.FINE_TUNE;
    double accuracy = 0.05 + (fineTuned ? 0.1 * Math.log10(rate / 1e-5) : 0);
    return node.tasks().stream()
        .map(
            task ->
                new TaskScore(
                    node.id(),
                    Json.sha256("weights of " + node.id()),
                    EvaluationPoint.FINAL,
                    new TaskResult(
                        task,
                        "7".repeat(64),
                        "5".repeat(64),
                        "fp32",
                        200,
                        1_000,
                        List.of(
                            new MetricValue("loss", 3 - accuracy, 0.2, 200, false),
                            new MetricValue("acc", accuracy, 0.02, 200, true)))))
        .toList();
  }

  private static double offset(EvaluationPoint point) {
    return switch (point) {
      case EvaluationPoint.Final last -> 0;
      case EvaluationPoint.Mark mark -> 1e4 / mark.tokens();
      case Probe.Interpolated between -> 0.1;
      case Probe.Noisy noisy -> noisy.seed();
    };
  }

  private static Evaluation evaluation(
      StageNode node,
      StageCompleted completion,
      EvaluationPoint point,
      String corpus,
      double loss) {
    long tokens =
        node.evaluations().stream()
            .filter(set -> set.corpus().equals(Json.sha256(corpus)))
            .findFirst()
            .orElseThrow()
            .maxTokens();
    return new Evaluation(
        node.id(),
        point instanceof EvaluationPoint.Mark mark
            ? marked(node, mark.tokens()).sha256()
            : completion.sha256(),
        point,
        Json.sha256(corpus),
        loss,
        0.021,
        tokens,
        Math.ceilDiv(tokens, 128),
        tokens * 4,
        Math.exp(loss),
        loss / Math.log(2) / 4,
        tokens);
  }
}
