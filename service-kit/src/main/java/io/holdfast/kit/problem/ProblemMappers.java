package io.holdfast.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.holdfast.contracts.problem.InvalidInputException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what a request did wrong into a problem document. */
public class ProblemMappers {

  private static final int UNPROCESSABLE_CONTENT = 422;

  /** 422: the input was understood and is wrong; all that is wrong with it, at once. */
  @ServerExceptionMapper
  public Response invalidInput(InvalidInputException refused) {
    return ProblemResponse.of(
        UNPROCESSABLE_CONTENT,
        "Unprocessable Content",
        "urn:holdfast:problem:invalid-input",
        "The input has %d problem(s).".formatted(refused.problems().size()),
        refused.problems());
  }

  /** 400: the body is not JSON, or not of the right shape. */
  @ServerExceptionMapper
  @Priority(1)
  public Response malformed(JsonProcessingException malformed) {
    String place =
        malformed.getLocation() == null
            ? ""
            : "Line %d, column %d: "
                .formatted(
                    malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr());
    return ProblemResponse.of(
        Response.Status.BAD_REQUEST.getStatusCode(),
        Response.Status.BAD_REQUEST.getReasonPhrase(),
        "urn:holdfast:problem:malformed-body",
        place + malformed.getOriginalMessage(),
        List.of());
  }

  /** Everything that JAX-RS itself refuses: no such path, no such method, wrong media type. */
  @ServerExceptionMapper
  public Response refused(WebApplicationException refused) {
    Response response = refused.getResponse();
    if (refused.getCause() instanceof JsonProcessingException malformed) {
      return malformed(malformed);
    }
    if (response.hasEntity() || response.getStatus() < 400) {
      return response;
    }
    return ProblemResponse.of(
        response.getStatus(),
        response.getStatusInfo().getReasonPhrase(),
        "about:blank",
        refused.getMessage(),
        List.of());
  }
}
