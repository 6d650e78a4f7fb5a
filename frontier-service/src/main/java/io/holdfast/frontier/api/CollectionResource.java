package io.holdfast.frontier.api;

import io.holdfast.frontier.conductor.Collector;
import io.holdfast.frontier.persistence.CollectionStore;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Checkpoints that nobody needs any more, and pins that keep them. */
@Path("/api")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "storage")
@RolesAllowed(Roles.VIEWER)
public class CollectionResource {

  private final Collector collector;
  private final CollectionStore store;

  @Inject
  CollectionResource(Collector collector, CollectionStore store) {
    this.collector = collector;
    this.store = store;
  }

  /** What would go. */
  @GET
  @Path("/collection")
  @Operation(
      summary = "Checkpoints that nobody needs any more, and why the others stay",
      description =
          "Nothing is removed. What a running study, a pin or a frontier needs stays, and what ended"
              + " less than keep_days ago.")
  public CollectionView plan(
      @QueryParam("keep_days") @DefaultValue("7") @Min(0) @Max(36_500) int keepDays) {
    return CollectionView.of(false, collector.propose(since(keepDays)).plan());
  }

  /** Lets it go. */
  @POST
  @Path("/collection")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Remove checkpoints that nobody needs any more",
      description =
          "Decided anew at that moment, not what an earlier answer said: what somebody comes to need"
              + " meanwhile stays, too. The trainer removes them;"
              + " scores stay, and a stage whose weights are needed again is trained again.")
  public CollectionView collect(
      @QueryParam("keep_days") @DefaultValue("7") @Min(0) @Max(36_500) int keepDays) {
    return CollectionView.of(true, collector.carryOut(collector.propose(since(keepDays))));
  }

  /** What is pinned. */
  @GET
  @Path("/pins")
  @Transactional
  @Operation(summary = "Ids of pinned studies and stages")
  public SortedSet<String> pins() {
    return new TreeSet<>(store.pins());
  }

  /** Pins. */
  @PUT
  @Path("/pins/{id}")
  @RolesAllowed(Roles.RUNNER)
  @Transactional
  @Operation(summary = "Keep the checkpoints of a study, or of a stage")
  @APIResponse(responseCode = "204", description = "Pinned")
  @APIResponse(responseCode = "404", description = "There is no study or stage of this id")
  public void pin(@PathParam("id") String id) {
    if (!store.pin(id, Instant.now())) {
      throw new NotFoundException("There is no study or stage " + id + ".");
    }
  }

  /** Unpins. */
  @DELETE
  @Path("/pins/{id}")
  @RolesAllowed(Roles.RUNNER)
  @Transactional
  @Operation(summary = "Take a pin away")
  @APIResponse(responseCode = "204", description = "No longer pinned")
  @APIResponse(responseCode = "404", description = "It was not pinned")
  public void unpin(@PathParam("id") String id) {
    if (!store.unpin(id)) {
      throw new NotFoundException(id + " is not pinned.");
    }
  }

  private static Instant since(int keepDays) {
    return Instant.now().minus(Duration.ofDays(keepDays));
  }
}
