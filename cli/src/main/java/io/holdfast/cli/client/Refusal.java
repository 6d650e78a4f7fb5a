package io.holdfast.cli.client;

import io.holdfast.contracts.problem.Problem;
import java.util.List;

/**
 * A problem document of a service.
 *
 * @param status HTTP status
 * @param detail what happened
 * @param problems every single thing that is wrong with the input, possibly none
 */
public record Refusal(int status, String detail, List<Problem> problems) {
  public Refusal {
    problems = problems == null ? List.of() : List.copyOf(problems);
  }
}
