package io.holdfast.contracts.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a request asks of a model. */
public enum RequestKind {
  /** How likely one continuation is. */
  @JsonProperty("loglikelihood")
  LOGLIKELIHOOD,
  /** Which of several continuations is the likeliest. */
  @JsonProperty("multiple_choice")
  MULTIPLE_CHOICE,
  /** How likely a whole text is. */
  @JsonProperty("loglikelihood_rolling")
  LOGLIKELIHOOD_ROLLING,
  /** What the model writes. */
  @JsonProperty("generate_until")
  GENERATE_UNTIL
}
