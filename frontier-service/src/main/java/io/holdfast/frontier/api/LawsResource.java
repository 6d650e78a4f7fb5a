package io.holdfast.frontier.api;

import io.holdfast.frontier.api.LawsView.Place;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Scaling laws of what studies measured. */
@Path("/api")
@RolesAllowed(Roles.VIEWER)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class LawsResource {

  private final StudyLibrary library;

  @Inject
  LawsResource(StudyLibrary library) {
    this.library = library;
  }

  /** Fits the laws, and predicts where asked. */
  @GET
  @Path("/studies/{id}/laws")
  @Operation(
      summary = "Scaling laws of fine-tuning and forgetting, fitted to a study's runs",
      description =
          "One study rarely has several model sizes: name further studies, such as the same file at"
              + " other scales, with 'with'. A law that the runs do not determine says what must vary."
              + " With offset the law of forgetting gets a constant part, E. With parameters and fine_tune_tokens the answer has predictions for that model, at"
              + " each share of injected data that is asked for.")
  public LawsView laws(
      @PathParam("id") String id,
      @QueryParam("with") @Size(max = 20) List<String> others,
      @QueryParam("offset") boolean offset,
      @QueryParam("parameters") @DecimalMin("1") Double parameters,
      @QueryParam("fine_tune_tokens") @DecimalMin("1") Double fineTuneTokens,
      @QueryParam("injected") @DefaultValue("0") @Size(max = 100)
          List<@DecimalMin("0") @DecimalMax("0.999") Double> injected) {
    List<StudySnapshot> studies =
        Stream.concat(Stream.of(id), others.stream()).distinct().map(library::get).toList();
    List<Place> places =
        parameters == null || fineTuneTokens == null
            ? List.of()
            : injected.stream().map(p -> new Place(parameters, fineTuneTokens, p)).toList();
    return LawsView.of(StudyLaws.of(studies, Fitting.DEFAULT, offset), places);
  }

  /** The same for a terminal. */
  @GET
  @Path("/studies/{id}/laws.txt")
  @Produces("text/plain; charset=UTF-8")
  @Operation(summary = "The laws as text for a terminal of 80 columns")
  public String text(
      @PathParam("id") String id,
      @QueryParam("with") @Size(max = 20) List<String> others,
      @QueryParam("offset") boolean offset,
      @QueryParam("parameters") @DecimalMin("1") Double parameters,
      @QueryParam("fine_tune_tokens") @DecimalMin("1") Double fineTuneTokens,
      @QueryParam("injected") @DefaultValue("0") @Size(max = 100)
          List<@DecimalMin("0") @DecimalMax("0.999") Double> injected) {
    return LawsText.of(laws(id, others, offset, parameters, fineTuneTokens, injected));
  }
}
