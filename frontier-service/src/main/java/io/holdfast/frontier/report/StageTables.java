package io.holdfast.frontier.report;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Checkpoints with their hashes, lineages, and what it all cost. */
final class StageTables {

  private StageTables() {}

  static Table cost(StudySnapshot study) {
    Table table =
        new Table("Cost of training (each shared stage counted once)")
            .text("stage")
            .number("stages trained", "tokens", "operations", "training time", "tokens per second");
    for (StageKind kind : StageKind.values()) {
      List<StageCompleted> done = done(study, kind);
      if (!done.isEmpty()) {
        row(table, Labels.kind(kind), done);
      }
    }
    row(table, "all", done(study, null));
    return table;
  }

  private static List<StageCompleted> done(StudySnapshot study, StageKind kind) {
    return study.stages().stream()
        .filter(stage -> kind == null || stage.spec().kind() == kind)
        .map(StageSnapshot::completion)
        .filter(Objects::nonNull)
        .toList();
  }

  private static void row(Table table, String label, List<StageCompleted> done) {
    long tokens = done.stream().mapToLong(StageCompleted::tokens).sum();
    double seconds = done.stream().mapToDouble(StageCompleted::trainingSeconds).sum();
    table.row(
        label,
        String.valueOf(done.size()),
        Numbers.count(tokens),
        Numbers.flops(done.stream().mapToDouble(StageCompleted::flops).sum()),
        Numbers.seconds(seconds),
        seconds > 0 ? Numbers.count(Math.round(tokens / seconds)) : "–");
  }

  static Table checkpoints(StudySnapshot study) {
    Table table =
        new Table("Stages and checkpoints (SHA-256 of model.safetensors)")
            .text("stage", "recipes")
            .number("seed")
            .text("settings", "state")
            .number("steps", "dev loss")
            .text("ended")
            .code("stage id", "sha256");
    for (StageSnapshot stage : study.stages()) {
      StageCompleted c = stage.completion();
      table.row(
          Labels.kind(stage.spec().kind()),
          String.join(", ", stage.planned().recipes()),
          String.valueOf(stage.planned().seed()),
          stage.planned().settings(),
          stage.state().name().toLowerCase(java.util.Locale.ROOT),
          c == null ? "–" : Numbers.count(c.steps()),
          c == null ? "–" : Numbers.loss(c.devLossNatsPerToken()),
          c == null ? "–" : c.stoppedEarly() ? "early; kept step " + c.bestStep() : "full budget",
          stage.id(),
          c == null ? "–" : c.sha256());
    }
    return table;
  }

  static Table lineages(StudySnapshot study) {
    Table table =
        new Table("Lineages (the first 16 digits of each stage id)")
            .text("recipe")
            .number("seed")
            .text("settings")
            .code("pretrain", "post-train", "fine-tune");
    for (Lineage lineage : study.lineages()) {
      List<String> cells = new ArrayList<>();
      cells.add(lineage.recipe());
      cells.add(String.valueOf(lineage.seed()));
      cells.add(lineage.settings().toString());
      cells.add(lineage.pretrain() == null ? "none" : lineage.pretrain().substring(0, 16));
      cells.add(lineage.postTrain() == null ? "none" : lineage.postTrain().substring(0, 16));
      cells.add(lineage.fineTune().substring(0, 16));
      table.row(cells);
    }
    return table;
  }
}
