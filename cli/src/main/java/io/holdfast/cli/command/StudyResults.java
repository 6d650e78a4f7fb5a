package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is kept of a study that ended: the report, its tables and figures, the study itself. */
final class StudyResults {

  private static final List<String> DOCUMENTS =
      List.of(
          "report.html",
          "summary.txt",
          "points.csv",
          "evaluations.csv",
          "claims.csv",
          "statistics.csv",
          "study.yaml",
          "figures/retention.svg",
          "figures/pretraining.svg",
          "figures/immediate.svg");

  private StudyResults() {}

  /** Writes the documents into the folder, over those of an earlier run. */
  static void save(Frontier frontier, StudyView study, Path folder)
      throws IOException, InterruptedException {
    for (String document : DOCUMENTS) {
      Path file = folder.resolve(document);
      Files.createDirectories(file.getParent());
      Files.writeString(file, frontier.text("/api/studies/" + study.id() + "/" + document));
    }
  }
}
