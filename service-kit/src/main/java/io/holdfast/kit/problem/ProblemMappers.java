package io.holdfast.kit.problem;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.holdfast.contracts.problem.InvalidInputException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what a request did wrong into a problem document. */
public class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
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
  public Response malformed(JsonProcessingException malformed) {
    if (malformed.getProcessor() instanceof JsonGenerator) {
      // Our own answer could not be written: that is not the caller's fault.
      LOG.error("an answer could not be written", malformed);
      return ProblemResponse.of(
          Response.Status.INTERNAL_SERVER_ERROR.getStatusCode(),
          Response.Status.INTERNAL_SERVER_ERROR.getReasonPhrase(),
          "about:blank",
          "The answer could not be written; the service's log says why.",
          List.of());
    }
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

  /** As above; Quarkus brings a mapper of its own for this case, which the priority overrides. */
  @ServerExceptionMapper
  @Priority(1)
  public Response mismatched(MismatchedInputException mismatched) {
    return malformed(mismatched);
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
