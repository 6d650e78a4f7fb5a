package io.holdfast.frontier.report;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyPlan.PlannedBase;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The model and how each stage was trained. */
final class SettingsTables {

  private SettingsTables() {}

  static Table model(StudySnapshot study) {
    StageSpec first = study.stages().getFirst().spec();
    return model(first.architecture(), study.plan().base(), first.tokenizer());
  }

  /** The first stages' model; {@code base} is null for random weights. */
  static Table model(Architecture a, PlannedBase base, String tokenizer) {
    return new Table("Model (Llama block: RMSNorm, RoPE, grouped-query attention, SwiGLU)")
        .number("parameters", "layers", "hidden", "FFN", "heads", "KV heads", "head size")
        .number("vocabulary", "context", "RoPE θ")
        .text("RoPE scaling", "embeddings", "starts from")
        .code("tokenizer id")
        .row(
            Numbers.count(a.parameters()),
            String.valueOf(a.layers()),
            String.valueOf(a.hiddenSize()),
            String.valueOf(a.intermediateSize()),
            String.valueOf(a.heads()),
            String.valueOf(a.kvHeads()),
            String.valueOf(a.headSize()),
            Numbers.count(a.vocabSize()),
            Numbers.count(a.maxSequenceLength()),
            Numbers.setting(a.ropeTheta()),
            scaling(a.ropeScaling()),
            a.tiedEmbeddings() ? "tied" : "untied",
            origin(base),
            shortened(tokenizer));
  }

  private static String scaling(RopeScaling scaling) {
    return scaling == null
        ? "none"
        : "llama3: ×%s from %s tokens, turns %s to %s"
            .formatted(
                Numbers.setting(scaling.factor()),
                Numbers.count(scaling.originalMaxPositionEmbeddings()),
                Numbers.setting(scaling.lowFreqFactor()),
                Numbers.setting(scaling.highFreqFactor()));
  }

  private static String origin(PlannedBase base) {
    return base == null
        ? "random weights"
        : "%s (model id %s)".formatted(base.name(), shortened(base.id()));
  }

  /** One row for each distinct way of training; the recipes that use it share it. */
  static Table training(StudySnapshot study) {
    Map<List<String>, Set<String>> rows = new LinkedHashMap<>();
    for (StageSnapshot stage : study.stages()) {
      rows.computeIfAbsent(cells(study, stage.spec()), cells -> new HashSet<>())
          .addAll(stage.planned().recipes());
    }
    Table table =
        new Table("Training (AdamW; gradient clipping by global norm; optimizer reset per stage)")
            .text("stage", "recipes", "budget")
            .number("sequence", "batch", "peak LR", "min LR")
            .text("schedule", "warmup")
            .number("weight decay", "β₁, β₂", "clip")
            .text("dropout", "precision", "early stopping");
    rows.forEach(
        (cells, recipes) -> {
          List<String> row = new java.util.ArrayList<>(cells);
          row.add(
              1,
              study.recipes().stream().filter(recipes::contains).collect(Collectors.joining(", ")));
          table.row(row);
        });
    return table;
  }

  private static List<String> cells(StudySnapshot study, StageSpec spec) {
    Optimization o = spec.optimization();
    return List.of(
        Labels.kind(spec.kind()),
        budget(spec.mixture().budget()),
        String.valueOf(spec.mixture().sequenceLength()),
        String.valueOf(o.batchSequences()),
        Numbers.setting(o.peakLearningRate()),
        Numbers.setting(o.minLearningRate()),
        o.schedule().name().toLowerCase(Locale.ROOT),
        o.warmup().steps() != null
            ? o.warmup().steps() + " steps"
            : Numbers.setting(100 * o.warmup().fraction()) + " %",
        Numbers.setting(o.weightDecay()),
        Numbers.setting(o.beta1()) + ", " + Numbers.setting(o.beta2()),
        o.clipNorm() == 0 ? "none" : Numbers.setting(o.clipNorm()),
        dropout(o.dropout()),
        o.precision().name().toLowerCase(Locale.ROOT),
        stopping(study, spec.earlyStopping()));
  }

  private static String budget(Budget budget) {
    return budget.tokens() != null
        ? Numbers.count(budget.tokens()) + " tokens"
        : Numbers.setting(budget.epochs()) + (budget.epochs() == 1 ? " pass" : " passes");
  }

  private static String dropout(Dropout d) {
    if (d.equals(Dropout.NONE)) {
      return "none";
    }
    return d.equals(Dropout.everywhere(d.embedding()))
        ? Numbers.setting(d.embedding())
        : "embedding %s, attention %s, residual %s, MLP %s"
            .formatted(
                Numbers.setting(d.embedding()),
                Numbers.setting(d.attention()),
                Numbers.setting(d.residual()),
                Numbers.setting(d.mlp()));
  }

  private static String stopping(StudySnapshot study, EarlyStopping stopping) {
    return stopping == null
        ? "none"
        : "dev split of %s every %s tokens, patience %d, best weights kept"
            .formatted(
                study.corpusName(stopping.corpus()),
                Numbers.count(stopping.everyTokens()),
                stopping.patience());
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(16, id.length()));
  }
}
