package io.holdfast.frontier.api;

import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.conductor.Conductor;
import io.holdfast.frontier.retention.StudyRetention;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.submission.CheckedStudy;
import io.holdfast.frontier.submission.StudyDesk;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Studies: submit, plan, look, cancel. */
@Path("/api")
@RolesAllowed(Roles.VIEWER)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class StudiesResource {

  private final StudyDesk desk;
  private final Conductor conductor;
  private final StudyLibrary library;
  private final KnownStatistics statistics;

  @Inject
  StudiesResource(
      StudyDesk desk, Conductor conductor, StudyLibrary library, KnownStatistics statistics) {
    this.desk = desk;
    this.conductor = conductor;
    this.library = library;
    this.statistics = statistics;
  }

  /** Submits a study. */
  @POST
  @RolesAllowed(Roles.RUNNER)
  @Path("/studies")
  @Consumes({
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    MediaType.TEXT_PLAIN,
    MediaType.APPLICATION_JSON
  })
  @Operation(
      summary = "Submit a study (YAML or JSON)",
      description =
          "The same study again is the same study: running or completed, it is returned as it is;"
              + " failed or cancelled, it runs again with its failed stages under a new attempt."
              + " Its question, claims and comments become those of the latest text.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted, or known already",
      content = @Content(schema = @Schema(implementation = StudyView.class)))
  @APIResponse(responseCode = "422", description = "Refused, with all problems at once")
  @APIResponse(responseCode = "503", description = "data-service cannot inspect the corpora now")
  public Response submit(String text) {
    CheckedStudy study = desk.check(text, 1);
    String id = conductor.submit(study);
    return Response.accepted(StudyViews.study(library.get(id)))
        .location(URI.create("/api/studies/" + id))
        .build();
  }

  /** Says what a study would cost, and stores and runs nothing. */
  @POST
  @RolesAllowed(Roles.RUNNER)
  @Path("/plans")
  @Consumes({
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    MediaType.TEXT_PLAIN,
    MediaType.APPLICATION_JSON
  })
  @Operation(
      summary = "Plan a study without running it",
      description = "The same checks as a submission; the answer is the tree with its cost.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = StudyPlan.class)))
  @APIResponse(responseCode = "422", description = "Refused, with all problems at once")
  @APIResponse(responseCode = "503", description = "data-service cannot inspect the corpora now")
  public StudyPlan plan(
      String text, @QueryParam("trainers") @DefaultValue("1") @Min(1) @Max(100_000) int trainers) {
    return desk.check(text, trainers).plan();
  }

  /** All studies, newest first. */
  @GET
  @Path("/studies")
  @Operation(summary = "List studies, newest first")
  public List<StudySummary> list() {
    return library.all().stream().map(StudyViews::summary).toList();
  }

  /** One study in full. */
  @GET
  @Path("/studies/{id}")
  @Operation(summary = "One study with its stages and lineages")
  public StudyView get(@PathParam("id") String id) {
    return StudyViews.study(library.get(id));
  }

  /** Its stages. */
  @GET
  @Path("/studies/{id}/stages")
  @Operation(summary = "A study's stages, parents before children")
  public List<StageView> stages(@PathParam("id") String id) {
    return StudyViews.stages(library.get(id));
  }

  /** Evaluations of its checkpoints. */
  @GET
  @Path("/studies/{id}/evaluations")
  @Operation(summary = "Evaluations of a study's final checkpoints")
  public List<EvaluationView> evaluations(@PathParam("id") String id) {
    return StudyViews.evaluations(library.get(id));
  }

  /** Its points, frontiers and comparisons. */
  @GET
  @Path("/studies/{id}/frontiers")
  @Operation(summary = "A study's points, frontiers per recipe, and comparisons of recipes")
  public FrontiersView frontiers(@PathParam("id") String id) {
    return StudyViews.frontiers(library.get(id));
  }

  /** Scores on tasks. */
  @GET
  @Path("/studies/{id}/task-results")
  @Operation(summary = "Metrics of a study's models on tasks")
  public List<TaskResultView> taskResults(@PathParam("id") String id) {
    return StudyViews.taskResults(library.get(id));
  }

  /** Every evaluation at every stage boundary. */
  @GET
  @Path("/studies/{id}/retention")
  @Operation(
      summary = "A study's retention matrices",
      description =
          "Every evaluation after every stage, over seeds, with forgetting (Chaudhry et al. 2018:"
              + " positive is forgotten) and backward transfer (Lopez-Paz and Ranzato 2017:"
              + " positive is better; the sign is turned for losses).")
  public RetentionView retention(@PathParam("id") String id) {
    StudySnapshot study = library.get(id);
    return new RetentionView(study.id(), study.revision(), StudyRetention.of(study));
  }

  /** What the points say, with uncertainty. */
  @GET
  @Path("/studies/{id}/statistics")
  @Operation(
      summary = "Verdicts on a study's claims, and all statistics behind them",
      description =
          "Fronts with hypervolumes, gains at matched losses, rank correlation, parabolas along"
              + " knobs and factorial effects, each with intervals over seeds. Claims about laws"
              + " need runs at several sizes: name studies at other sizes with 'with'.")
  public StatisticsView statistics(
      @PathParam("id") String id, @QueryParam("with") @Size(max = 20) List<String> others) {
    StudySnapshot study = library.get(id);
    return new StatisticsView(
        study.id(), study.revision(), statistics.of(study, library.beside(id, others)));
  }

  /** Ends it; stages that no other study wants are called off. */
  @POST
  @RolesAllowed(Roles.RUNNER)
  @Path("/studies/{id}/cancel")
  @Operation(
      summary = "Cancel a study",
      description = "A study that has ended already stays as it is.")
  public StudyView cancel(@PathParam("id") String id) {
    library.get(id);
    conductor.cancel(id);
    return StudyViews.study(library.get(id));
  }
}
