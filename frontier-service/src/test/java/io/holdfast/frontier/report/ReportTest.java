package io.holdfast.frontier.report;

import io.holdfast.frontier.SampleStudy;
import java.nio.file.*;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void w() throws Exception {
    Path d = Path.of("target/report");
    Files.createDirectories(d);
    Files.writeString(
        d.resolve("report.html"), ReportPage.of(SampleStudy.completed(), Instant.now()));
    Files.writeString(
        d.resolve("running.html"), ReportPage.of(SampleStudy.running(), Instant.now()));
    Files.writeString(d.resolve("summary.txt"), TextSummary.of(SampleStudy.completed()));
    Files.writeString(d.resolve("points.csv"), CsvTables.points(SampleStudy.completed()));
    Files.writeString(d.resolve("evaluations.csv"), CsvTables.evaluations(SampleStudy.completed()));
  }
}
