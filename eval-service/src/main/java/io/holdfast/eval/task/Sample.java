package io.holdfast.eval.task;

import java.util.List;

/**
 * What a model answered to one request; kept beside the scores, so that they can be looked into and
 * made again without the model.
 *
 * @param id of the request
 * @param likelihoods of its continuation, of each of its choices, or of its text; none of a
 *     generation
 * @param text what was generated; null otherwise
 */
public record Sample(String id, List<Likelihood> likelihoods, String text) {

  public Sample {
    likelihoods = likelihoods == null ? List.of() : List.copyOf(likelihoods);
  }

  /**
   * How likely the model finds a text.
   *
   * @param nats natural logarithm of its probability
   * @param greedy whether greedy decoding would give it
   * @param tokens scored tokens
   */
  public record Likelihood(double nats, boolean greedy, int tokens) {}
}
