package io.holdfast.task.factbook;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** A question that has no answer, and why. */
final class Refusal extends WebApplicationException {

  Refusal(int status, String path, String value, String message, String remedy) {
    super(
        Response.status(status)
            .type(MediaType.APPLICATION_JSON)
            .entity(
                Json.write(
                    Map.of(
                        "problems", List.of(Problem.at(path, "refused", value, message, remedy)))))
            .build());
  }
}
