package io.holdfast.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One line of an evaluation split. A continuation or choice follows its context verbatim: a space
 * between the two belongs to one of them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EvaluationRequest.Loglikelihood.class, name = "loglikelihood"),
  @JsonSubTypes.Type(value = EvaluationRequest.MultipleChoice.class, name = "multiple_choice"),
  @JsonSubTypes.Type(value = EvaluationRequest.Rolling.class, name = "loglikelihood_rolling"),
  @JsonSubTypes.Type(value = EvaluationRequest.GenerateUntil.class, name = "generate_until")
})
public sealed interface EvaluationRequest {

  /** Unique in its split, 1 to 128 characters. */
  String id();

  /** Requests about one subject, which are not independent; null: the request alone. */
  String group();

  /** What is asked. */
  RequestKind kind();

  /**
   * How likely a continuation is.
   *
   * @param id unique in its split
   * @param context what comes before; may be empty
   * @param continuation what is scored
   * @param group subject, or null
   */
  record Loglikelihood(String id, String context, String continuation, String group)
      implements EvaluationRequest {
    public Loglikelihood {
      RequestRules.checked(id)
          .present(context, "context")
          .that(
              continuation != null && !continuation.isEmpty(),
              "continuation",
              "task-missing",
              null,
              "There is nothing to score.",
              "Give a continuation.")
          .orThrow();
    }

    @Override
    public RequestKind kind() {
      return RequestKind.LOGLIKELIHOOD;
    }
  }

  /**
   * Which continuation is the likeliest.
   *
   * @param id unique in its split
   * @param context what comes before; may be empty
   * @param choices at least two, all different
   * @param answer index of the right one, from 0
   * @param group subject, or null
   */
  record MultipleChoice(
      String id, String context, List<String> choices, Integer answer, String group)
      implements EvaluationRequest {
    public MultipleChoice {
      RequestRules.checkChoices(id, context, choices, answer);
      choices = List.copyOf(choices);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.MULTIPLE_CHOICE;
    }
  }

  /**
   * How likely a whole text is, from its first token on.
   *
   * @param id unique in its split
   * @param text what is scored
   * @param group subject, or null
   */
  record Rolling(String id, String text, String group) implements EvaluationRequest {
    public Rolling {
      RequestRules.checked(id)
          .that(
              text != null && !text.isEmpty(),
              "text",
              "task-missing",
              null,
              "There is nothing to score.",
              "Give a text.")
          .orThrow();
    }

    @Override
    public RequestKind kind() {
      return RequestKind.LOGLIKELIHOOD_ROLLING;
    }
  }

  /**
   * What the model writes after a context. Greedy unless a temperature is given.
   *
   * @param id unique in its split
   * @param context what comes before; may be empty
   * @param until the text ends before the first of these, which none is empty; possibly none
   * @param maxTokens the text has at most so many tokens
   * @param references right answers, possibly none when the service scores
   * @param temperature positive; null or absent: greedy
   * @param topP the smallest set of likeliest tokens with this mass is sampled from, in (0, 1];
   *     null: all
   * @param seed of the sampling; null: the evaluation's
   * @param group subject, or null
   */
  record GenerateUntil(
      String id,
      String context,
      List<String> until,
      int maxTokens,
      List<String> references,
      Double temperature,
      Double topP,
      Long seed,
      String group)
      implements EvaluationRequest {
    public GenerateUntil {
      until = until == null ? List.of() : until;
      references = references == null ? List.of() : references;
      RequestRules.checkGeneration(id, context, until, maxTokens, references);
      RequestRules.checkSampling(temperature, topP, seed);
      until = List.copyOf(until);
      references = List.copyOf(references);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.GENERATE_UNTIL;
    }
  }
}
