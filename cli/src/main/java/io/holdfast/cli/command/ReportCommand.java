package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudySummary;
import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.SystemFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast report}. */
@Command(
    name = "report",
    header = "Write a study's report: answer, figures, verdicts, tables, lineage.",
    description = {
      "",
      "Of a study that has run or is running, in this home. Trains nothing; starts what is needed to"
          + " read the results unless the system is up.",
      "",
      "The folder then has report.html (one file that needs nothing else), report.md with figures as"
          + " SVG and PNG, every table as CSV, study.json and statistics.json, the study itself, and"
          + " SHA256SUMS. A running study's report says what is measured so far."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast report quickstart",
      "  ./holdfast report quickstart --output docs/results/quickstart",
      "  ./holdfast report quickstart-fa2645c01675 --format html --output answer.html",
      "  ./holdfast report 3a-latent-benefit-mini-100k --with 3a-latent-benefit-mini-30k",
      "",
      "Names and ids are those of ./holdfast status.",
      "Exit code: 0 written, 3 there is no such study, or the local system does not start or answer."
    })
public final class ReportCommand implements Callable<Integer> {

  /** What is written. */
  enum Format {
    /** Everything, as a folder. */
    FOLDER,
    /** The page alone. */
    HTML,
    /** Everything, in one archive. */
    ZIP
  }

  @Mixin private PlaceOption place;
  @Mixin private SettingsOption settings;

  @Parameters(
      paramLabel = "STUDY",
      description = "Name or id of a study; of several with one name, the newest.")
  private String study;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = {
        "Folder, or with --format html or zip the file, to write",
        "(default: studies/NAME in the home, as ./holdfast run does)."
      })
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "FOLDER",
      description = "folder, html or zip (default: folder).")
  private Format format;

  @Option(
      names = "--with",
      paramLabel = "STUDY",
      description = {
        "A further study, such as the same at another size: its losses along knobs are drawn in",
        "panels beside this one's, and laws are fitted to both. May be repeated."
      })
  private List<String> with = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Place where = place.place(settings.local());
    if (where instanceof Place.Here here && !Files.isDirectory(here.home().directory())) {
      throw new SystemFailure(
          "No study has run in %s. ./holdfast run studies/quickstart.yaml runs one."
              .formatted(here.home().directory()));
    }
    try (Screen screen = Screen.open();
        Session session =
            Session.open(where, settings.reading(), step -> screen.out().println("· " + step))) {
      List<StudySummary> studies = new ArrayList<>();
      studies.add(StudyChoice.of(session.frontier(), study));
      for (String named : with) {
        studies.add(StudyChoice.of(session.frontier(), named));
      }
      write(session.frontier(), studies, where.home(), screen.out());
      return 0;
    }
  }

  /** The first study's report; the others are drawn beside it. */
  private void write(Frontier frontier, List<StudySummary> studies, Home where, PrintStream out)
      throws IOException, InterruptedException {
    StudySummary first = studies.getFirst();
    List<String> beside = studies.stream().skip(1).map(StudySummary::id).toList();
    Path folder = where.study(first.name());
    switch (format) {
      case FOLDER -> {
        Path to = output == null ? folder : output;
        StudyResults.unpack(frontier.report(first.id(), "zip", beside), to);
        out.printf("Report  %s%n", to.resolve("report.html"));
        out.printf("        %s, with figures and tables beside it%n", to.resolve("report.md"));
      }
      case HTML ->
          file(frontier.report(first.id(), "html", beside), folder.resolve("report.html"), out);
      case ZIP ->
          file(frontier.report(first.id(), "zip", beside), folder.resolve("report.zip"), out);
    }
  }

  private void file(byte[] content, Path standard, PrintStream out) throws IOException {
    Path to = (output == null ? standard : output).toAbsolutePath();
    Files.createDirectories(to.getParent());
    Files.write(to, content);
    out.printf("Report  %s%n", to);
  }
}
