package io.holdfast.contracts.task;

import java.util.List;

/**
 * The body of {@code POST score}: what a model wrote, for the service to judge.
 *
 * @param split the evaluation split that the ids are of
 * @param requests each a {@code generate_until} request's answer; at most {@value #MAX_RESPONSES}
 */
public record ScoreRequest(String split, List<Response> requests) {

  /** A batch is no larger. A score does not depend on how answers are batched. */
  public static final int MAX_RESPONSES = 256;

  public ScoreRequest {
    requests = List.copyOf(requests);
    if (split == null || requests.isEmpty() || requests.size() > MAX_RESPONSES) {
      throw new IllegalArgumentException(
          "a batch has a split and 1 to %d responses, not %d"
              .formatted(MAX_RESPONSES, requests.size()));
    }
  }

  /**
   * What a model wrote.
   *
   * @param id of the request
   * @param response the text; may be empty
   */
  public record Response(String id, String response) {
    public Response {
      if (id == null || response == null) {
        throw new IllegalArgumentException("a response has an id and a text");
      }
    }
  }
}
