package io.holdfast.frontier.api;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.frontier.recommendation.Preference;
import io.holdfast.frontier.recommendation.PreferenceReader;
import io.holdfast.frontier.report.RecommendationText;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which upstream recipe to use, how sure that is, and which runs to buy next. */
@Path("/api")
@RolesAllowed(Roles.VIEWER)
@Blocking
@Tag(name = "studies")
public class RecommendationResource {

  private final StudyLibrary library;
  private final KnownRecommendations recommendations;

  @Inject
  RecommendationResource(StudyLibrary library, KnownRecommendations recommendations) {
    this.library = library;
    this.recommendations = recommendations;
  }

  /** What somebody wants. */
  public static class Wanted {
    @QueryParam("weights")
    String weights;

    @QueryParam("limits")
    String limits;

    @QueryParam("budget")
    String budget;

    @QueryParam("margin")
    String margin;

    Preference preference() {
      var read = PreferenceReader.read(weights, limits, budget, margin);
      if (read.preference() == null) {
        throw new InvalidInputException(read.problems());
      }
      return read.preference();
    }
  }

  /** The recommendation as data. */
  @GET
  @Path("/studies/{id}/recommendation")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Which upstream recipe to use, how sure that is, and which runs to buy next",
      description =
          "weights of losses, such as retained=0.7,fine_tuned=0.3 (half each by default); limits that"
              + " losses must keep, such as fine_tuned=3.5; budget for training before fine-tuning,"
              + " such as tokens=2M or flops=1e15; margin, the difference in nats that does not"
              + " matter (0.02). Says that there is not enough data when that is so.")
  public RecommendationView recommendation(@PathParam("id") String id, @BeanParam Wanted wanted) {
    Preference preference = wanted.preference();
    StudySnapshot study = library.get(id);
    return new RecommendationView(
        study.id(), study.revision(), recommendations.of(study, preference));
  }

  /** The recommendation for a terminal. */
  @GET
  @Path("/studies/{id}/recommendation.txt")
  @Produces("text/plain; charset=UTF-8")
  @Operation(summary = "The recommendation as text for a terminal of 80 columns")
  public String text(@PathParam("id") String id, @BeanParam Wanted wanted) {
    Preference preference = wanted.preference();
    StudySnapshot study = library.get(id);
    return RecommendationText.of(study, recommendations.of(study, preference));
  }
}
