package io.holdfast.lm.evaluate;

import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.generate.Generation;
import io.holdfast.lm.generate.Prompt;
import io.holdfast.lm.weights.ModelWeights;
import java.util.List;

/**
 * A model that is open for questions about texts. Tokenization, truncation and windows are those of
 * EleutherAI's lm-evaluation-harness for causal Hugging Face models. What an item gets does not
 * depend on the items beside it or their order, bit by bit in fp32. Blocks; used from one thread.
 * All methods throw {@link io.holdfast.lm.program.EngineFailure} when libtorch fails.
 */
public interface RequestScorer extends AutoCloseable {

  /**
   * Reads a model; the weights may be closed then, the tokenizer's file as well.
   *
   * @param contextLength most tokens that are read at once, and of a prompt with its answer; at
   *     least 2
   * @param precision of the matrix products
   * @throws io.holdfast.lm.durable.UnusableArtifactException when weights or tokenizer cannot be
   *     read
   * @throws io.holdfast.lm.program.EngineFailure when libtorch fails, or there is not enough memory
   */
  static RequestScorer open(ModelWeights weights, int contextLength, Precision precision) {
    return ModelScorer.open(weights, contextLength, precision);
  }

  /**
   * Scores texts as what follows others. Trailing white space of a context counts as the beginning
   * of the continuation; an empty context is the token that begins a text. Of a context that is too
   * long the end is read; a continuation longer than the model's context is scored in windows.
   *
   * @return one score for each item, in their order
   */
  List<TextScore> continuations(List<Continuation> items);

  /**
   * Scores whole texts, every token once: in windows of the context's length that do not overlap in
   * what they score, each with as much of what comes before as fits.
   *
   * @return one score for each text, in their order
   */
  List<TextScore> texts(List<String> texts);

  /**
   * Goes on with prompts. Of a prompt that leaves no room for its answer the end is read.
   *
   * @return one answer for each prompt, in their order
   * @throws io.holdfast.contracts.problem.InvalidInputException when an answer may have more tokens
   *     than the model's context holds behind one token; the path is {@code prompts[i].max_tokens}
   */
  List<Generation> generate(List<Prompt> prompts);

  /** Frees the model. */
  @Override
  void close();
}
