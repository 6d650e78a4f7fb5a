package io.holdfast.frontier.report;

import io.holdfast.contracts.corpus.HeldOutOverlap;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was in the corpora, and exactly how much of each every stage trained on. */
final class DataTables {

  private DataTables() {}

  static Table corpora(StudySnapshot study) {
    Table table =
        new Table("Corpora (splits by document; tokens include one end-of-text token per document)")
            .text("corpus", "source")
            .number("documents", "bytes", "train tokens", "dev tokens", "test tokens")
            .number("training part used")
            .code("corpus id");
    for (CorpusSnapshot corpus : study.corpora()) {
      table.row(
          corpus.name(),
          corpus.source(),
          Numbers.count(corpus.found().documents()),
          Numbers.count(corpus.found().bytes()),
          tokens(corpus.found().train()),
          tokens(corpus.found().dev()),
          tokens(corpus.found().test()),
          corpus.limitTokens() == null ? "all" : Numbers.count(corpus.limitTokens()) + " tokens",
          corpus.found().id().substring(0, Math.min(16, corpus.found().id().length())));
    }
    return table;
  }

  private static String tokens(SplitSize split) {
    if (split == null || split.tokens() == null) {
      return "not counted";
    }
    return split.scored() == null
        ? Numbers.count(split.tokens())
        : "%s, %s with a loss"
            .formatted(Numbers.count(split.tokens()), Numbers.count(split.scored()));
  }

  static Table leakage(StudySnapshot study) {
    Table table =
        new Table("Leakage: test documents that training text holds too (13-grams of words)")
            .text("test split of", "training text of")
            .number("documents", "word by word", "nearly", "share")
            .text("example");
    study.plan().overlaps().forEach(overlap -> leakage(table, overlap, overlap.trained()));
    study
        .plan()
        .unions()
        .forEach(
            union ->
                leakage(table, union, String.join(" + ", union.trained()) + ", taken together"));
    return table;
  }

  private static void leakage(Table table, HeldOutOverlap overlap, String trained) {
    table.row(
        overlap.heldOut(),
        trained,
        Numbers.count(overlap.documents()),
        Numbers.count(overlap.duplicates()),
        Numbers.count(overlap.nearDuplicates()),
        Numbers.percent(overlap.leaked(), Math.max(1, overlap.documents())),
        overlap.example() == null ? "" : overlap.example());
  }

  /** One row for each distinct mixture; stages that differ only in their seed share it. */
  static Table proportions(StudySnapshot study) {
    Map<List<String>, List<Long>> rows = new LinkedHashMap<>();
    for (StageSnapshot stage : study.stages()) {
      rows.computeIfAbsent(mixture(study, stage), cells -> new java.util.ArrayList<>())
          .add(stage.planned().seed());
    }
    Table table =
        new Table("Tokens trained on, by corpus (exact counts of trained stages)")
            .text("stage", "recipes", "settings", "tokens by corpus")
            .number("tokens in all", "seeds")
            .text("");
    rows.forEach(
        (cells, seeds) ->
            table.row(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                seeds.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                cells.get(5)));
    return table;
  }

  private static List<String> mixture(StudySnapshot study, StageSnapshot stage) {
    boolean trained = stage.completion() != null;
    Map<String, Long> tokens = tokensByName(study, stage);
    long total = tokens.values().stream().mapToLong(Long::longValue).sum();
    return List.of(
        Labels.kind(stage.spec().kind()),
        String.join(", ", stage.planned().recipes()),
        stage.planned().settings(),
        tokens.entrySet().stream()
            .map(
                e ->
                    "%s %s (%s)"
                        .formatted(
                            e.getKey(),
                            Numbers.count(e.getValue()),
                            Numbers.percent(e.getValue(), total)))
            .collect(Collectors.joining(" + ")),
        Numbers.count(total),
        trained ? "" : "planned");
  }

  /** Exact counts once trained, planned ones before. */
  static Map<String, Long> tokensByName(StudySnapshot study, StageSnapshot stage) {
    if (stage.completion() == null) {
      return stage.planned().tokensByCorpus();
    }
    Map<String, Long> byName = new TreeMap<>();
    stage
        .completion()
        .tokensByCorpus()
        .forEach((id, count) -> byName.merge(name(study, stage, id), count, Long::sum));
    return byName;
  }

  /** Two sizes of one corpus have one id; the plan says which of them the stage trains on. */
  private static String name(StudySnapshot study, StageSnapshot stage, String id) {
    return study.corpora().stream()
        .filter(corpus -> corpus.found().id().equals(id))
        .map(CorpusSnapshot::name)
        .filter(stage.planned().tokensByCorpus()::containsKey)
        .findFirst()
        .orElseGet(() -> study.corpusName(id));
  }
}
