package io.holdfast.contracts.task;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What a request must fulfil beyond its types. */
final class RequestRules {

  private static final int MAX_ID_CHARACTERS = 128;
  private static final int MAX_CHOICES = 256;
  private static final int MAX_STOPS = 16;
  private static final int MAX_GENERATED_TOKENS = 65_536;

  private RequestRules() {}

  static Expectations checked(String id) {
    return new Expectations()
        .that(
            id != null && !id.isBlank() && id.length() <= MAX_ID_CHARACTERS,
            "id",
            "task-bad-id",
            id,
            "This is not an id.",
            "Give 1 to 128 characters, not all blank.");
  }

  static void checkChoices(String id, String context, List<String> choices, Integer answer) {
    int count = choices == null ? 0 : choices.size();
    checked(id)
        .present(context, "context")
        .that(
            count >= 2 && count <= MAX_CHOICES,
            "choices",
            "task-bad-choices",
            count,
            "A choice is between 2 and 256 continuations.",
            "Give so many.")
        .that(
            count == 0 || texts(choices),
            "choices",
            "task-missing",
            null,
            "A choice is missing or empty.",
            "Give each as a text.")
        .that(
            count == 0 || new HashSet<>(choices).size() == count,
            "choices",
            "task-duplicate",
            null,
            "A choice is there twice, so that no likelihood can tell them apart.",
            "Give different ones.")
        .that(
            answer != null && answer >= 0 && answer < count,
            "answer",
            "task-bad-answer",
            answer,
            "This is not the index of a choice.",
            "Give the right choice's index, from 0.")
        .orThrow();
  }

  static void checkGeneration(
      String id, String context, List<String> until, int maxTokens, List<String> references) {
    checked(id)
        .present(context, "context")
        .that(
            until.size() <= MAX_STOPS && texts(until),
            "until",
            "task-bad-stop",
            until.size(),
            "Up to 16 texts end a generation, and an empty one would end it at once.",
            "Give such texts.")
        .that(
            maxTokens > 0 && maxTokens <= MAX_GENERATED_TOKENS,
            "max_tokens",
            "task-bad-count",
            maxTokens,
            "A generation is limited to between 1 and 65,536 tokens.",
            "Give a limit that answers need.")
        .that(
            references.stream().allMatch(Objects::nonNull),
            "references",
            "task-missing",
            null,
            "A reference is missing.",
            "Give each as a text.")
        .orThrow();
  }

  static void checkSampling(Double temperature, Double topP, Long seed) {
    new Expectations()
        .that(
            temperature == null || (temperature > 0 && Double.isFinite(temperature)),
            "temperature",
            "task-bad-temperature",
            temperature,
            "A temperature is positive.",
            "Leave it out for greedy decoding.")
        .that(
            topP == null || (topP > 0 && topP <= 1),
            "top_p",
            "task-bad-mass",
            topP,
            "This is not a share of probability above 0 and up to 1.",
            "Give one, or leave it out.")
        .that(
            temperature != null || (topP == null && seed == null),
            "temperature",
            "task-missing",
            null,
            "Sampling is described, but greedy decoding asked for.",
            "Give a temperature, or leave top_p and seed out.")
        .orThrow();
  }

  private static boolean texts(List<String> values) {
    return values.stream().allMatch(value -> value != null && !value.isEmpty());
  }
}
