package io.holdfast.frontier.api;

import io.holdfast.contracts.problem.Problem;
import java.util.List;

/**
 * Any refusal or failure, as {@code application/problem+json} (RFC 9457).
 *
 * @param type a stable name: {@code urn:holdfast:invalid-study}, {@code
 *     urn:holdfast:no-such-study}, {@code urn:holdfast:data-service-unreachable}, …
 * @param title the type in plain words
 * @param status HTTP status
 * @param detail what happened this time, with the remedy
 * @param problems everything wrong with the input, all at once; empty when the input is not at
 *     fault
 */
public record ProblemReport(
    String type, String title, int status, String detail, List<Problem> problems) {
  public ProblemReport {
    problems = List.copyOf(problems);
  }
}
