package io.holdfast.lm.generate;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.program.Choice;
import io.holdfast.lm.program.OpenModel;
import io.holdfast.lm.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes on with prompts, in batches of those that are equally long and decoded alike. An answer's
 * arithmetic depends on its own prompt's length alone.
 */
public final class Generator {

  /** Prompts are padded to a multiple of it. */
  private static final int PIECE = 32;

  /** Most tokens that a batch reads at once, unless its fewest rows have more. */
  private static final int READ_TOKENS = 8192;

  /** Most memory for the keys and values of a batch, unless its fewest rows need more. */
  private static final long CACHE_BYTES = 512L << 20;

  /** More rows make a token hardly cheaper. */
  private static final int MOST_ROWS = 32;

  private final OpenModel model;
  private final TextTokenizer tokenizer;
  private final int contextLength;

  /**
   * A generator for an open model, which the caller closes.
   *
   * @param contextLength most tokens of a prompt with its answer
   */
  public Generator(OpenModel model, TextTokenizer tokenizer, int contextLength) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.contextLength = contextLength;
  }

  /** What answers of one batch have in common. */
  private record Kind(int slots, Choice choice) {}

  /**
   * Goes on with prompts.
   *
   * @return one answer for each, in their order
   * @throws InvalidInputException when the context has no room for an answer
   */
  public List<Generation> generate(List<Prompt> prompts) {
    check(prompts);
    List<Answer> answers = prompts.stream().map(this::begin).toList();
    Map<Kind, List<Answer>> kinds = new LinkedHashMap<>();
    for (Answer answer : answers) {
      kinds
          .computeIfAbsent(
              new Kind(slots(answer.read().length), answer.choice()), kind -> new ArrayList<>())
          .add(answer);
    }
    kinds.forEach(this::generate);
    return answers.stream().map(Answer::generation).toList();
  }

  private void check(List<Prompt> prompts) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      int most = prompts.get(i).maxTokens();
      if (most >= contextLength) {
        problems.add(
            Problem.at(
                "prompts[%d].max_tokens".formatted(i),
                "answer-too-long",
                most,
                "The model's context of %d tokens has no room for a prompt and such an answer."
                    .formatted(contextLength),
                "Ask for at most %d tokens.".formatted(contextLength - 1)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Of a prompt that is too long the end is read, as lm-evaluation-harness cuts it. */
  private Answer begin(Prompt prompt) {
    int[] tokens = tokenizer.encode(prompt.text());
    if (tokens.length == 0) {
      tokens = new int[] {tokenizer.prefix()};
    }
    int most = contextLength - prompt.maxTokens();
    boolean cut = tokens.length > most;
    int[] read = cut ? Arrays.copyOfRange(tokens, tokens.length - most, tokens.length) : tokens;
    return new Answer(prompt, read, cut, tokenizer);
  }

  private static int slots(int prompt) {
    return PIECE * Math.ceilDiv(prompt, PIECE);
  }

  /** The longest answers together: a batch lasts as long as its longest one. */
  private void generate(Kind kind, List<Answer> answers) {
    List<Answer> sorted = new ArrayList<>(answers);
    sorted.sort(Comparator.comparingInt(Answer::left).reversed());
    for (int from = 0; from < sorted.size(); ) {
      int rows = rows(kind.slots, sorted.get(from).left());
      int to = Math.min(from + rows, sorted.size());
      new GeneratedBatch(model, kind.slots, kind.choice, tokenizer.endOfText())
          .run(sorted.subList(from, to));
      from = to;
    }
  }

  private int rows(int slots, int answer) {
    long fitting =
        Math.min(
            CACHE_BYTES / model.cacheBytes(slots, answer),
            Math.min(MOST_ROWS, READ_TOKENS / slots));
    return (int) Math.max(1, fitting / OpenModel.ROWS) * OpenModel.ROWS;
  }
}
