package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.frontier.law.LawPoint;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.study.Criterion;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a study's runs as the scaling laws want them (FSL §3): N is the model's parameters, D_ft
 * the distinct tokens of the fine-tuning corpora that were trained on, p the share of all tokens of
 * fine-tuning that came from a replay of the data in question. Where runs differ in nothing of
 * that, such as in their learning rate, the one with the lowest fine-tuning loss counts, as the
 * paper takes each run at the bottom of its curve.
 */
public final class LawRuns {

  private final StudySnapshot study;
  private final LossReader losses;
  private final Map<String, StageSnapshot> stages = new HashMap<>();

  private LawRuns(StudySnapshot study) {
    this.study = study;
    this.losses = LossReader.of(study);
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
  }

  /** Those that are trained and scored, in the study's order. */
  public static List<LawRun> of(StudySnapshot study) {
    return new LawRuns(study).runs();
  }

  private List<LawRun> runs() {
    Map<String, String> upstreams = upstreams();
    Map<List<Object>, LawRun> best = new LinkedHashMap<>();
    for (Lineage lineage : study.lineages()) {
      run(lineage, upstreams.get(lineage.recipe()))
          .ifPresent(run -> best.merge(design(run), run, LawRuns::lower));
    }
    return List.copyOf(best.values());
  }

  private static LawRun lower(LawRun a, LawRun b) {
    return a.fineTuning().loss() <= b.fineTuning().loss() ? a : b;
  }

  private static List<Object> design(LawRun run) {
    return List.of(
        run.upstream(),
        run.seed(),
        run.fineTuning().parameters(),
        run.fineTuning().fineTuneTokens(),
        share(run.pretraining()),
        share(run.postTraining()));
  }

  private static double share(LawPoint point) {
    return point == null ? -1 : point.injectedLevel();
  }

  /** Recipes whose lineages start fine-tuning from the same checkpoints are one. */
  private Map<String, String> upstreams() {
    Map<Set<String>, String> firsts = new LinkedHashMap<>();
    Map<String, String> upstreams = new HashMap<>();
    for (String recipe : study.recipes()) {
      Set<String> parents = new HashSet<>();
      study.lineages().stream()
          .filter(l -> l.recipe().equals(recipe))
          .forEach(l -> parents.add(String.valueOf(l.immediateStage())));
      upstreams.put(recipe, firsts.computeIfAbsent(parents, same -> recipe));
    }
    return upstreams;
  }

  private Optional<LawRun> run(Lineage lineage, String upstream) {
    StageSnapshot stage = stages.get(lineage.fineTune());
    LineagePoint point = losses.last(lineage);
    if (stage.completion() == null || !point.has(Metric.FINE_TUNED)) {
      return Optional.empty();
    }
    Runner runner = new Runner(stage);
    return Optional.of(
        new LawRun(
            upstream,
            stage.id(),
            lineage.seed(),
            runner.kept(
                lineage.pretrainLoss(),
                losses.pretrainedBefore(lineage).map(Measured::nats).orElse(null),
                point.natsOrNull(Metric.PRETRAINED)),
            runner.kept(
                lineage.postTrainLoss(),
                point.natsOrNull(Metric.IMMEDIATE),
                point.natsOrNull(Metric.RETAINED)),
            runner.point(0, 0, point.nats(Metric.FINE_TUNED))));
  }

  /** One trained fine-tuning stage and its tokens. */
  private final class Runner {

    private final StageSpec spec;
    private final Map<String, Long> trained;
    private final long total;

    Runner(StageSnapshot stage) {
      this.spec = stage.spec();
      this.trained = stage.completion().tokensByCorpus();
      this.total = trained.values().stream().mapToLong(Long::longValue).sum();
    }

    LawPoint kept(Criterion data, Double before, Double after) {
      return before == null || after == null ? null : point(injected(data), before, after);
    }

    LawPoint point(double injected, double before, double after) {
      return new LawPoint(
          spec.architecture().parameters(), uniqueTokens(), injected, before, after);
    }

    private double injected(Criterion data) {
      Set<String> replayed = new HashSet<>();
      spec.mixture().replays().forEach(replay -> replayed.add(replay.part().corpus()));
      replayed.retainAll(data.weights().keySet());
      long tokens = replayed.stream().mapToLong(id -> trained.getOrDefault(id, 0L)).sum();
      return (double) tokens / total;
    }

    private double uniqueTokens() {
      MixtureSpec mixture = spec.mixture();
      List<Long> unique = new ArrayList<>();
      for (Source source : mixture.base()) {
        long seen = trained.getOrDefault(source.part().corpus(), 0L);
        unique.add(Math.min(seen, available(source.part()).orElse(seen)));
      }
      return unique.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Tokens of a part, when its corpus was counted. */
  private Optional<Long> available(Part part) {
    Optional<Long> counted =
        study.corpora().stream()
            .filter(c -> c.found().id().equals(part.corpus()))
            .map(c -> c.found().train().tokens())
            .filter(tokens -> tokens != null)
            .min(Comparator.naturalOrder());
    Optional<Long> cut =
        part.limitTokens() == null
            ? counted
            : Optional.of(Math.min(part.limitTokens(), counted.orElse(part.limitTokens())));
    double kept = part.skipFraction() == null ? 1 : 1 - part.skipFraction();
    return cut.map(tokens -> Math.round(tokens * kept));
  }
}
