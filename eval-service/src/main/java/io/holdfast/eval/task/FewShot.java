package io.holdfast.eval.task;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.TaskDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Solved examples before a request, each with {@value #SEPARATOR_SHOWN} after it, as in
 * lm-evaluation-harness: drawn without replacement from the task's training split, anew for every
 * request. A draw depends on the seed and the request's id alone, so that a limit, the order of
 * requests or another pod change nothing. A document whose prompt is the request's own context is
 * never its example.
 */
public final class FewShot {

  static final String SEPARATOR = "\n\n";
  private static final String SEPARATOR_SHOWN = "a blank line";

  /** No examples. */
  public static final FewShot NONE = new FewShot(List.of(), 0, 0);

  private final List<TaskDocument> documents;
  private final int count;
  private final long seed;

  /**
   * Examples from these documents.
   *
   * @throws InvalidInputException when there are too few, or they are conversations, which have no
   *     form of their own as plain text
   */
  public FewShot(List<TaskDocument> documents, int count, long seed) {
    this.documents = List.copyOf(documents);
    this.count = count;
    this.seed = seed;
    List<Problem> problems = new ArrayList<>();
    // One more, because a request's own document is no example of it.
    if (count > 0 && count + 1 > documents.size()) {
      problems.add(
          Problem.at(
              "few_shot",
              "too-few-examples",
              count,
              "The task's training split has %d documents.".formatted(documents.size()),
              "Ask for fewer examples than it has documents."));
    }
    if (documents.stream().anyMatch(TaskDocument.Conversation.class::isInstance)) {
      problems.add(
          Problem.at(
              "few_shot",
              "conversations-as-examples",
              count,
              "The task's training split has conversations, which are no examples in a text.",
              "Set few_shot to 0, or use a task whose documents are text or pairs."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** The examples before a request with that context, and then the context. */
  String before(EvaluationRequest request, String context) {
    if (count == 0) {
      return context;
    }
    StringBuilder prompt = new StringBuilder();
    for (TaskDocument document : drawn(request.id(), context)) {
      prompt.append(text(document)).append(SEPARATOR);
    }
    return prompt.append(context).toString();
  }

  private List<TaskDocument> drawn(String id, String context) {
    SplittableRandom random = new SplittableRandom(seed(seed, id));
    Set<Integer> seen = new LinkedHashSet<>();
    List<TaskDocument> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      if (seen.size() == documents.size()) {
        throw new InvalidInputException(
            List.of(
                Problem.at(
                    "few_shot",
                    "too-few-examples",
                    count,
                    "The training split repeats the prompt of request %s too often.".formatted(id),
                    "Ask for fewer examples.")));
      }
      int next = random.nextInt(documents.size());
      if (seen.add(next) && !isOwn(documents.get(next), context)) {
        drawn.add(documents.get(next));
      }
    }
    return drawn;
  }

  private static boolean isOwn(TaskDocument document, String context) {
    return document instanceof TaskDocument.Pair pair && pair.prompt().equals(context);
  }

  private static String text(TaskDocument document) {
    return switch (document) {
      case TaskDocument.Text text -> text.text();
      case TaskDocument.Pair pair -> pair.prompt() + pair.completion();
      case TaskDocument.Conversation none -> throw new IllegalStateException("was refused");
    };
  }

  /** A seed of a request's own: two requests draw nothing in common. */
  static long seed(long seed, String id) {
    return Long.parseUnsignedLong(
        Json.sha256(Map.of("seed", seed, "request", id)).substring(0, 16), 16);
  }
}
