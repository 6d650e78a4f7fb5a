package io.holdfast.frontier.law;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * How well a law that was fitted to the smaller models predicts the largest ones.
 *
 * @param largest parameters of the models left out
 * @param fittedTo number of runs of smaller models
 * @param predicted number of runs of the largest
 * @param meanRelativeError mean of |predicted − measured| / measured over those
 * @param low lower end of its 95 % bootstrap interval
 * @param high upper end
 * @param errors the same error of every refit, which the interval is of; not part of results
 */
public record Extrapolation(
    double largest,
    int fittedTo,
    int predicted,
    double meanRelativeError,
    double low,
    double high,
    @JsonIgnore List<Double> errors) {

  public Extrapolation {
    errors = List.copyOf(errors);
  }
}
