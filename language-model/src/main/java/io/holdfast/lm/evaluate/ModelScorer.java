package io.holdfast.lm.evaluate;

import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.evaluate.PairEncoder.Pair;
import io.holdfast.lm.generate.Generation;
import io.holdfast.lm.generate.Generator;
import io.holdfast.lm.generate.Prompt;
import io.holdfast.lm.program.LibTorch;
import io.holdfast.lm.program.OpenModel;
import io.holdfast.lm.tokenizer.TextTokenizer;
import io.holdfast.lm.weights.ModelWeights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The engine's answers to requests. */
final class ModelScorer implements RequestScorer {

  private final OpenModel model;
  private final TextTokenizer tokenizer;
  private final int contextLength;
  private final Generator generator;

  private ModelScorer(OpenModel model, TextTokenizer tokenizer, int contextLength) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.contextLength = contextLength;
    this.generator = new Generator(model, tokenizer, contextLength);
  }

  static ModelScorer open(ModelWeights weights, int contextLength, Precision precision) {
    if (contextLength < 2) {
      throw new IllegalArgumentException("a context has two tokens: " + contextLength);
    }
    TextTokenizer tokenizer = TextTokenizer.open(weights.tokenizer());
    try {
      return new ModelScorer(
          OpenModel.open(weights, contextLength, precision), tokenizer, contextLength);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public List<TextScore> continuations(List<Continuation> items) {
    PairEncoder encoder = new PairEncoder(tokenizer);
    return score(items, encoder::encode, Continuation::text);
  }

  @Override
  public List<TextScore> texts(List<String> texts) {
    PairEncoder encoder = new PairEncoder(tokenizer);
    return score(texts, encoder::encode, Function.identity());
  }

  private <T> List<TextScore> score(
      List<T> items, Function<T, Pair> encode, Function<T, String> text) {
    List<Window> windows = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (T item : items) {
      Pair pair = encode.apply(item);
      pairs.add(pair);
      windows.addAll(Window.of(pair.all(), pair.scoredFrom(), contextLength));
    }
    WindowBatches batches = new WindowBatches(model, LibTorch.processor().mostTokens());
    WindowBatches.Score[] found = batches.score(windows);
    List<TextScore> scores = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < items.size(); i++) {
      int left = pairs.get(i).all().length - pairs.get(i).scoredFrom();
      int tokens = left;
      double nats = 0;
      boolean greedy = true;
      while (left > 0) {
        nats += found[next].nats();
        greedy &= found[next].greedy();
        left -= windows.get(next++).scored();
      }
      int bytes = text.apply(items.get(i)).getBytes(StandardCharsets.UTF_8).length;
      scores.add(new TextScore(nats, greedy, tokens, bytes));
    }
    return scores;
  }

  @Override
  public List<Generation> generate(List<Prompt> prompts) {
    return generator.generate(prompts);
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
