package io.holdfast.kit.problem;

import io.holdfast.contracts.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An RFC 9457 problem document.
 *
 * @param type what kind of problem; about:blank says: see the status
 * @param title short and always the same for a type
 * @param status HTTP status
 * @param detail what happened this time
 * @param problems every single thing that is wrong, possibly none
 */
public record ProblemResponse(
    String type, String title, int status, String detail, List<Problem> problems) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public ProblemResponse {
    problems = List.copyOf(problems);
  }

  /** A response with this body. */
  public static Response of(
      int status, String title, String type, String detail, List<Problem> problems) {
    return Response.status(status)
        .type(MEDIA_TYPE)
        .entity(new ProblemResponse(type, title, status, detail, problems))
        .build();
  }
}
