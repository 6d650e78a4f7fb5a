package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.OracleLlama;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TensorWeights;
import io.holdfast.lm.tokenizer.TextTokenizer;
import io.holdfast.lm.weights.TableModel;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestScorerTest {

  private static final int CONTEXT = 24;
  private static final int END = 0;
  private static final Architecture MODEL =
      new Architecture(264, 24, 40, 2, 4, 2, 6, CONTEXT, 10_000, 1e-5, true, 0.02);

  @TempDir Path directory;

  private final TensorSet weights = TensorSet.zeros(ParameterLayout.of(MODEL));
  private TokenizerFile tokenizer;

  @BeforeEach
  void randomModel() throws IOException {
    tokenizer = new TokenizerFile(ByteLevelTokenizer.write(directory), END, "x");
    Random random = new Random(1);
    for (int i = 0; i < weights.layout().size(); i++) {
      int mean = weights.layout().isMatrix(i) ? 0 : 1;
      weights.fill(
          i,
          (part, from) -> {
            while (part.hasRemaining()) {
              part.put((float) (random.nextGaussian() * 0.3 + mean));
            }
          });
    }
  }

  @AfterEach
  void freeWeights() {
    weights.close();
  }

  private RequestScorer open(Precision precision) {
    return RequestScorer.open(new TensorWeights(MODEL, weights, tokenizer), CONTEXT, precision);
  }

  /** Texts of many lengths, some longer than the context; contexts and whole items come again. */
  private static List<Continuation> items() {
    Random random = new Random(2);
    String words = "the cat and the hat, café in 日本 and naïve then. ".repeat(3);
    List<Continuation> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int begin = random.nextInt(40);
      String context = words.substring(begin, begin + random.nextInt(60));
      for (int choice = 0; choice < 1 + i % 3; choice++) {
        items.add(new Continuation(context, words.substring(choice, choice + 1 + i % 9)));
      }
    }
    items.add(items.getFirst());
    return items;
  }

  @Test
  void scoresAreTheOraclesForTheWholeTextOfAnItemAlone() {
    List<Continuation> items = items();
    try (RequestScorer scorer = open(Precision.FP32);
        TextTokenizer text = TextTokenizer.open(tokenizer);
        OracleLlama oracle = new OracleLlama(MODEL, weights)) {
      List<TextScore> scores = scorer.continuations(items);

      assertThat(scores).hasSameSizeAs(items);
      PairEncoder encoder = new PairEncoder(text);
      for (int i = 0; i < items.size(); i++) {
        PairEncoder.Pair pair = encoder.encode(items.get(i));
        int[] all = pair.all();
        int begin = Math.max(0, all.length - 1 - CONTEXT);
        double expected =
            nats(oracle, Arrays.copyOfRange(all, begin, all.length), pair.scoredFrom() - begin);
        assertThat(scores.get(i).logLikelihoodNats()).isCloseTo(expected, within(1e-4));
        assertThat(scores.get(i).tokens()).isEqualTo(all.length - pair.scoredFrom());
        assertThat(scores.get(i).bytes())
            .isEqualTo(items.get(i).text().getBytes(StandardCharsets.UTF_8).length);
      }
    }
  }

  private static double nats(OracleLlama oracle, int[] tokens, int scoredFrom) {
    long[] read = Arrays.stream(tokens).limit(tokens.length - 1).asLongStream().toArray();
    float[] logits = oracle.predict(new long[][] {read});
    int v = MODEL.vocabSize();
    double nats = 0;
    for (int at = scoredFrom; at < tokens.length; at++) {
      double sum = 0;
      for (int t = 0; t < v; t++) {
        sum += Math.exp(logits[(at - 1) * v + t]);
      }
      nats += logits[(at - 1) * v + tokens[at]] - Math.log(sum);
    }
    return nats;
  }

  @Test
  void scoresDoNotDependOnCompanyOrOrderBitByBit() {
    List<Continuation> items = items();
    try (RequestScorer scorer = open(Precision.FP32)) {
      List<TextScore> together = scorer.continuations(items);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        order.add(i);
        assertThat(scorer.continuations(List.of(items.get(i)))).containsExactly(together.get(i));
      }
      Collections.shuffle(order, new Random(3));
      List<TextScore> shuffled = scorer.continuations(order.stream().map(items::get).toList());
      for (int i = 0; i < items.size(); i++) {
        assertThat(shuffled.get(i)).isEqualTo(together.get(order.get(i)));
      }
    }
  }

  @Test
  void bf16StaysCloseToFp32() {
    try (RequestScorer exact = open(Precision.FP32);
        RequestScorer rounded = open(Precision.BF16)) {
      List<TextScore> expected = exact.continuations(items());
      List<TextScore> found = rounded.continuations(items());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).logLikelihoodNats())
            .isCloseTo(expected.get(i).logLikelihoodNats(), within(0.1 * expected.get(i).tokens()));
      }
    }
  }

  @Test
  void aWholeTextsScoreIsThatOfItsWindows() {
    String text = "the cat and the hat and the café, then 日本 and ".repeat(4);
    try (RequestScorer scorer = open(Precision.FP32);
        TextTokenizer tokens = TextTokenizer.open(tokenizer);
        OracleLlama oracle = new OracleLlama(MODEL, weights)) {
      double expected = 0;
      for (Window window : Window.of(new PairEncoder(tokens).encode(text).all(), 1, CONTEXT)) {
        int all = window.tokens().length;
        expected += nats(oracle, window.tokens(), all - window.scored());
      }
      List<TextScore> scores = scorer.texts(List.of("", text, "x"));

      assertThat(scores.get(0)).isEqualTo(new TextScore(0, true, 0, 0));
      assertThat(scores.get(1).logLikelihoodNats()).isCloseTo(expected, within(1e-3));
      assertThat(scores.get(1).tokens()).isEqualTo(tokens.encode(text).length);
      assertThat(scores.get(2)).isEqualTo(scorer.texts(List.of("x")).getFirst());
    }
  }

  /** Behind each byte the next one has a logit of 20, all others 0. */
  @Test
  void likelyTextsAreGreedyAndTheirProbabilityCanBeWorkedOut() {
    TableModel model =
        new TableModel(TableModel.successors(264, (i, n) -> (i + 1) % n), 64, tokenizer);
    double likely = -Math.log1p(263 * Math.exp(-20));
    double unlikely = likely - 20;
    try (RequestScorer scorer = RequestScorer.open(model, 64, Precision.FP32)) {
      List<TextScore> scores =
          scorer.continuations(
              List.of(
                  new Continuation("xab", "cdefg"),
                  new Continuation("xab", "cdeg"),
                  new Continuation("xab", "c"),
                  new Continuation("xab", "d")));

      assertThat(scores.get(0).greedy()).isTrue();
      assertThat(scores.get(0).logLikelihoodNats()).isCloseTo(5 * likely, within(1e-6));
      assertThat(scores.get(1).greedy()).isFalse();
      assertThat(scores.get(1).logLikelihoodNats()).isCloseTo(3 * likely + unlikely, within(1e-5));
      assertThat(scores.get(2).greedy()).isTrue();
      assertThat(scores.get(3).logLikelihoodNats()).isCloseTo(unlikely, within(1e-5));
    }
  }

  @Test
  void nothingToScoreIsNothing() {
    try (RequestScorer scorer = open(Precision.BF16)) {
      assertThat(scorer.continuations(List.of())).isEmpty();
      assertThat(scorer.texts(List.of())).isEmpty();
      assertThat(scorer.generate(List.of())).isEmpty();
    }
  }
}
