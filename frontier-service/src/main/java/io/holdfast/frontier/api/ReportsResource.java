package io.holdfast.frontier.api;

import io.holdfast.figure.FigureSvg;
import io.holdfast.frontier.report.CsvTables;
import io.holdfast.frontier.report.ReportPage;
import io.holdfast.frontier.report.StatisticsCsv;
import io.holdfast.frontier.report.StudyFigures;
import io.holdfast.frontier.report.TextSummary;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A study's result in forms to read, keep and process. */
@Path("/api")
@Blocking
@Tag(name = "reports")
public class ReportsResource {

  private final StudyLibrary library;
  private final Clock clock = Clock.systemUTC();

  @Inject
  ReportsResource(StudyLibrary library) {
    this.library = library;
  }

  /** One HTML file that needs nothing else. */
  @GET
  @Path("/studies/{id}/report.html")
  @Produces("text/html; charset=UTF-8")
  @Operation(summary = "The report as one self-contained HTML file")
  public String report(@PathParam("id") String id) {
    return ReportPage.of(library.get(id), clock.instant());
  }

  /** Frontier and comparison for a terminal of 80 columns. */
  @GET
  @Path("/studies/{id}/summary.txt")
  @Produces("text/plain; charset=UTF-8")
  @Operation(summary = "The result as text for a terminal")
  public String summary(@PathParam("id") String id) {
    return TextSummary.of(library.get(id));
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

  /** One row for each claim. */
  @GET
  @Path("/studies/{id}/claims.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "The verdict on every claim, as CSV")
  public String claims(@PathParam("id") String id) {
    return StatisticsCsv.claims(library.get(id).statistics());
  }

  /** One row for each estimate. */
  @GET
  @Path("/studies/{id}/statistics.csv")
  @Produces("text/csv; charset=UTF-8")
  @Operation(summary = "Every estimate with its intervals and tests, as CSV")
  public String statistics(@PathParam("id") String id) {
    return StatisticsCsv.estimates(library.get(id).statistics());
  }

  /** The study file, as submitted. */
  @GET
  @Path("/studies/{id}/study.yaml")
  @Produces("application/yaml; charset=UTF-8")
  @Operation(summary = "The study file, as submitted")
  public String source(@PathParam("id") String id) {
    return library.get(id).source();
  }

  /** One figure of the report. */
  @GET
  @Path("/studies/{id}/figures/{name}.svg")
  @Produces("image/svg+xml; charset=UTF-8")
  @Operation(summary = "A figure: retention, pretraining or immediate")
  public String figure(@PathParam("id") String id, @PathParam("name") String name) {
    StudyFigures figure =
        StudyFigures.named(name)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no figure %s; there are retention, pretraining and immediate."
                            .formatted(name)));
    return FigureSvg.draw(figure.of(library.get(id)));
  }
}
