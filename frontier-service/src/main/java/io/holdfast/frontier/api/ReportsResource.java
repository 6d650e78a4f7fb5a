package io.holdfast.frontier.api;

import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.Panels;
import io.holdfast.frontier.report.CsvTables;
import io.holdfast.frontier.report.FigurePng;
import io.holdfast.frontier.report.ReportedStudy;
import io.holdfast.frontier.report.Software;
import io.holdfast.frontier.report.StatisticsCsv;
import io.holdfast.frontier.report.StudyFigures;
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
import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A study's result in forms to read, keep and process. */
@Path("/api")
@RolesAllowed(Roles.VIEWER)
@Blocking
@Tag(name = "reports")
public class ReportsResource {

  private final StudyLibrary library;
  private final KnownStatistics statistics;
  private final Software software = Software.running();
  private final Clock clock = Clock.systemUTC();

  @Inject
  ReportsResource(StudyLibrary library, KnownStatistics statistics) {
    this.library = library;
    this.statistics = statistics;
  }

  /** One HTML file that needs nothing else. */
  @GET
  @Path("/studies/{id}/report.html")
  @Produces("text/html; charset=UTF-8")
  @Operation(
      summary = "The report as one self-contained HTML file",
      description =
          "Name further studies, such as the same at other sizes, with 'with': their losses along"
              + " knobs are drawn in panels beside the study's own, and laws are fitted to all.")
  public String report(
      @PathParam("id") String id, @QueryParam("with") @Size(max = 20) List<String> others) {
    return HtmlPage.of(read(id, others));
  }

  /** The same words; figures are beside it. */
  @GET
  @Path("/studies/{id}/report.md")
  @Produces("text/markdown; charset=UTF-8")
  @Operation(summary = "The report as Markdown; its figures are figures/{name}.svg beside it")
  public String markdown(
      @PathParam("id") String id, @QueryParam("with") @Size(max = 20) List<String> others) {
    return MarkdownPage.of(read(id, others), Images.SVG);
  }

  /** Everything. */
  @GET
  @Path("/studies/{id}/report.zip")
  @Produces("application/zip")
  @Operation(
      summary = "The report as a folder",
      description =
          "report.html, report.md, summary.txt, study.yaml, every table as CSV, study.json and"
              + " statistics.json, figures/ as SVG and PNG (no PNG on a machine without fonts), and"
              + " SHA256SUMS of all of them.")
  public byte[] folder(
      @PathParam("id") String id, @QueryParam("with") @Size(max = 20) List<String> others) {
    return ReportFolder.zip(reported(id, others), software, clock.instant());
  }

  private Report read(String id, List<String> others) {
    return StudyReport.of(reported(id, others), software, clock.instant());
  }

  private ReportedStudy reported(String id, List<String> others) {
    StudySnapshot study = library.get(id);
    List<StudySnapshot> beside = library.beside(id, others);
    return ReportedStudy.of(study, statistics.of(study, beside), beside);
  }

  /** Frontier and comparison for a terminal of 80 columns. */
  @GET
  @Path("/studies/{id}/summary.txt")
  @Produces("text/plain; charset=UTF-8")
  @Operation(summary = "The result as text for a terminal")
  public String summary(@PathParam("id") String id) {
    StudySnapshot study = library.get(id);
    return TextSummary.of(study, statistics.of(study).verdicts());
  }

  /** One row for each point. */
  @GET
  @Path("/studies/{id}/points.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Every point of every lineage with its losses, as CSV")
  public String points(@PathParam("id") String id) {
    return CsvTables.points(library.get(id));
  }

  /** One row for each evaluation. */
  @GET
  @Path("/studies/{id}/evaluations.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Every evaluation of a stage's weights, as CSV")
  public String evaluations(@PathParam("id") String id) {
    return CsvTables.evaluations(library.get(id));
  }

  /** One row for each metric. */
  @GET
  @Path("/studies/{id}/task_results.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Every metric of a stage's weights on a task, as CSV")
  public String taskResults(@PathParam("id") String id) {
    return TaskCsv.results(library.get(id));
  }

  /** One row for each evaluation and recipe. */
  @GET
  @Path("/studies/{id}/retention.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "The retention matrices, as CSV")
  public String retention(@PathParam("id") String id) {
    return TaskCsv.retention(library.get(id));
  }

  /** One row for each claim. */
  @GET
  @Path("/studies/{id}/claims.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "The verdict on every claim, as CSV")
  public String claims(@PathParam("id") String id) {
    return StatisticsCsv.claims(statistics.of(library.get(id)));
  }

  /** One row for each estimate. */
  @GET
  @Path("/studies/{id}/statistics.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Every estimate with its intervals and tests, as CSV")
  public String statistics(@PathParam("id") String id) {
    return StatisticsCsv.estimates(statistics.of(library.get(id)));
  }

  /** The study file, as submitted. */
  @GET
  @Path("/studies/{id}/study.yaml")
  @Produces("application/yaml; charset=UTF-8")
  @Operation(summary = "The study file, as submitted")
  public String source(@PathParam("id") String id) {
    return library.get(id).source();
  }

  /** Losses along knobs. */
  @GET
  @Path("/studies/{id}/sweeps.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Losses at every level of every upstream knob, as CSV")
  public String sweeps(
      @PathParam("id") String id, @QueryParam("with") @Size(max = 20) List<String> others) {
    return SweepsCsv.of(reported(id, others).sweeps());
  }

  /** One figure of the report. */
  @GET
  @Path("/studies/{id}/figures/{name}.svg")
  @Produces("image/svg+xml; charset=UTF-8")
  @Operation(
      summary = "A figure of the report as SVG",
      description =
          "retention, pretraining and immediate are always there; sweep-… for each knob with three"
              + " levels, and law-… for each fitted law.")
  public String figure(@PathParam("id") String id, @PathParam("name") String name) {
    return FigureSvg.draw(panels(id, name));
  }

  /** The same as an image. */
  @GET
  @Path("/studies/{id}/figures/{name}.png")
  @Produces("image/png")
  @Operation(summary = "A figure of the report as PNG, dark on white, at twice the SVG's size")
  @APIResponse(responseCode = "501", description = "The machine has no fonts; SVG is there")
  public byte[] image(@PathParam("id") String id, @PathParam("name") String name) {
    return FigurePng.draw(panels(id, name))
        .orElseThrow(
            () ->
                new WebApplicationException(
                    ProblemResponse.of(
                        Response.Status.NOT_IMPLEMENTED.getStatusCode(),
                        Response.Status.NOT_IMPLEMENTED.getReasonPhrase(),
                        "urn:holdfast:problem:no-fonts",
                        "The machine of frontier-service has no fonts, so it draws no PNG. Install"
                            + " fontconfig and a font such as DejaVu, or take figures/%s.svg."
                                .formatted(name),
                        List.of())));
  }

  /** The three that every study has need no statistics, and the dashboard asks for them often. */
  private Panels panels(String id, String name) {
    StudySnapshot study = library.get(id);
    return StudyFigures.named(name)
        .map(figure -> Panels.of(figure.of(study)))
        .or(() -> drawing(study, name))
        .orElseThrow(() -> new NotFoundException("The report has no figure %s.".formatted(name)));
  }

  private Optional<Panels> drawing(StudySnapshot study, String name) {
    return read(study.id(), List.of()).drawings().stream()
        .filter(drawing -> drawing.name().equals(name))
        .map(Drawing::panels)
        .findFirst();
  }
}
