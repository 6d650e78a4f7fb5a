package io.holdfast.frontier.api;

import io.holdfast.contracts.json.Json;
import io.holdfast.figure.FigureSvg;
import io.holdfast.frontier.report.CsvTables;
import io.holdfast.frontier.report.FigurePng;
import io.holdfast.frontier.report.ReportedStudy;
import io.holdfast.frontier.report.Software;
import io.holdfast.frontier.report.StatisticsCsv;
import io.holdfast.frontier.report.StudyReport;
import io.holdfast.frontier.report.SweepsCsv;
import io.holdfast.frontier.report.TaskCsv;
import io.holdfast.frontier.report.TextSummary;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.HtmlPage;
import io.holdfast.frontier.report.document.MarkdownPage;
import io.holdfast.frontier.report.document.MarkdownPage.Images;
import io.holdfast.frontier.report.document.Report;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that is kept of a study, as files; all are of one moment and agree with each other.
 */
final class ReportFolder {

  private final Map<String, byte[]> files = new TreeMap<>();

  private ReportFolder() {}

  /** The files in one ZIP archive. */
  static byte[] zip(ReportedStudy reported, Software software, Instant now) {
    ReportFolder folder = new ReportFolder();
    folder.fill(reported, software, now);
    folder.text("SHA256SUMS", folder.checksums());
    return folder.packed(now);
  }

  private void fill(ReportedStudy reported, Software software, Instant now) {
    StudySnapshot study = reported.study();
    StudyStatistics statistics = reported.statistics();
    Report report = StudyReport.of(reported, software, now);
    text("report.html", HtmlPage.of(report));
    text("summary.txt", TextSummary.of(study, statistics.verdicts()));
    text("study.yaml", study.source());
    text("study.json", Json.write(StudyViews.study(study)));
    text(
        "statistics.json",
        Json.write(new StatisticsView(study.id(), study.revision(), statistics)));
    text("points.csv", CsvTables.points(study));
    text("evaluations.csv", CsvTables.evaluations(study));
    text("task_results.csv", TaskCsv.results(study));
    text("retention.csv", TaskCsv.retention(study));
    text("claims.csv", StatisticsCsv.claims(statistics));
    text("statistics.csv", StatisticsCsv.estimates(statistics));
    text("sweeps.csv", SweepsCsv.of(reported.sweeps()));
    text("report.md", MarkdownPage.of(report, figures(report)));
  }

  private Images figures(Report report) {
    Images images = Images.PNG;
    for (Drawing drawing : report.drawings()) {
      String file = "figures/" + drawing.name();
      text(file + ".svg", FigureSvg.draw(drawing.panels()));
      var png = FigurePng.draw(drawing.panels());
      if (png.isPresent()) {
        files.put(file + ".png", png.get());
      } else {
        images = Images.SVG;
      }
    }
    return images;
  }

  private void text(String file, String content) {
    files.put(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@code sha256sum --check} reads them. */
  private String checksums() {
    StringBuilder sums = new StringBuilder();
    files.forEach((file, content) -> sums.append("%s  %s\n".formatted(sha256(content), file)));
    return sums.toString();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] packed(Instant now) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setLastModifiedTime(FileTime.from(now));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
