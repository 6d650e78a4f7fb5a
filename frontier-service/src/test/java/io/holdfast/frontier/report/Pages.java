package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.HtmlPage;
import io.holdfast.frontier.report.document.MarkdownPage;
import io.holdfast.frontier.report.document.MarkdownPage.Images;
import io.holdfast.frontier.report.document.Report;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.time.Instant;
import java.util.List;

/** Reports of studies, and pages of blocks. */
final class Pages {

  static final Software SOFTWARE = new Software("1.2.3", "0123456789abcdef");

  private Pages() {}

  static Report report(StudySnapshot study, StudySnapshot... beside) {
    return StudyReport.of(
        ReportedStudy.of(study, List.of(beside)), SOFTWARE, Instant.parse("2026-11-01T10:00:00Z"));
  }

  static String html(StudySnapshot study) {
    return HtmlPage.of(report(study));
  }

  static String markdown(StudySnapshot study) {
    return MarkdownPage.of(report(study), Images.PNG);
  }

  static String html(Block... blocks) {
    return HtmlPage.of(
        new Report("page", null, "", List.of(Section.of("section", List.of(blocks)))));
  }
}
