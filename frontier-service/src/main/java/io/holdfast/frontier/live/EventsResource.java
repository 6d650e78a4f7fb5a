package io.holdfast.frontier.live;

import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.live.Subscription.Frame;
import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live events over Server-Sent Events. */
@Path("/api/events")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "events")
public class EventsResource {

  private final LiveFeed feed;

  @Inject
  EventsResource(LiveFeed feed) {
    this.feed = feed;
  }

  /** A stream that can be taken up again where it broke off. */
  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow studies live",
      description =
          "Types: study, stage, progress, evaluation, frontier, resync. Ids grow by one from event"
              + " to event over all studies. After a break, send the last id as Last-Event-ID (a"
              + " browser does so by itself) or last_event_id and miss nothing; when events since"
              + " then are gone, one resync says so, and the study must be read anew. Comments"
              + " keep the connection open.")
  public Multi<OutboundSseEvent> events(
      @QueryParam("study") String study,
      @HeaderParam("Last-Event-ID") String lastEventId,
      @QueryParam("last_event_id") String firstEventId,
      @Context Sse sse,
      @Context HttpServerRequest request) {
    Long last = id(lastEventId == null ? firstEventId : lastEventId);
    if (!feed.hasRoom()) {
      throw refuse(
          Response.Status.SERVICE_UNAVAILABLE,
          "too-many-subscribers",
          "There are %d subscribers already; try again later.".formatted(feed.subscribers()));
    }
    return feed.subscribe(study, last, () -> request.connection().close())
        .map(frame -> event(sse, frame, study));
  }

  private static Long id(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw refuse(
          Response.Status.BAD_REQUEST,
          "bad-event-id",
          "The last event id is not a number: %s. Send an id from this stream, or none."
              .formatted(text.substring(0, Math.min(40, text.length()))));
    }
  }

  private static WebApplicationException refuse(
      Response.Status status, String problem, String detail) {
    return new WebApplicationException(
        ProblemResponse.of(
            status.getStatusCode(),
            status.getReasonPhrase(),
            "urn:holdfast:problem:" + problem,
            detail,
            List.of()));
  }

  private static OutboundSseEvent event(Sse sse, Frame frame, String study) {
    OutboundSseEvent.Builder builder = sse.newEventBuilder();
    return switch (frame) {
      case Frame.Event(LiveEvent event) ->
          builder
              .id(Long.toString(event.id()))
              .name(event.type())
              .data(String.class, event.data())
              .build();
      case Frame.Resync(long id, long oldest) -> {
        LiveData resync = new LiveData.Resync(study, oldest);
        yield builder
            .id(Long.toString(id))
            .name(resync.type())
            .data(String.class, Json.write(resync))
            .build();
      }
      case Frame.Heartbeat(long id) -> builder.id(Long.toString(id)).comment("still here").build();
    };
  }
}
