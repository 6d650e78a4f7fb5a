package io.holdfast.frontier.api;

import io.holdfast.frontier.submission.DataServiceUnavailableException;
import io.holdfast.kit.problem.ProblemResponse;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** 503 when a service that is needed does not answer. */
public class Unavailable {

  @ServerExceptionMapper
  public Response dataService(DataServiceUnavailableException unavailable) {
    return ProblemResponse.of(
        Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
        Response.Status.SERVICE_UNAVAILABLE.getReasonPhrase(),
        "urn:holdfast:problem:data-service-unavailable",
        unavailable.getMessage()
            + " The study was not submitted. Check that data-service runs (./holdfast status) and"
            + " submit the study again.",
        List.of());
  }
}
