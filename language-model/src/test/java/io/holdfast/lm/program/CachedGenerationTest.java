package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are generated with a cache of keys and values. */
class CachedGenerationTest {

  private static final int SLOTS = 32;
  private static final int ANSWER = 60;
  private static final int END = 0;

  static Stream<Architecture> models() {
    return Stream.of(
        ProgramFixture.model(4, true),
        ProgramFixture.model(1, false),
        ProgramFixture.scaled(ProgramFixture.model(2, true), new RopeScaling(8, 1, 4, 16)));
  }

  /**
   * The plain model reads everything again for every token. Prompts of one to 32 tokens, and
   * answers across the step at which more slots of the cache are seen.
   */
  @ParameterizedTest
  @MethodSource("models")
  void areThoseOfThePlainModelWithoutOne(Architecture model) {
    Random random = new Random(5);
    long[][] prompts = new long[8][SLOTS];
    long[] lengths = {1, 32, 9, 17, 31, 2, 16, 25};
    for (long[] prompt : prompts) {
      Arrays.setAll(prompt, t -> 1 + random.nextInt(model.vocabSize() - 1));
    }
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        OracleLlama oracle = new OracleLlama(model, weights);
        OpenModel open = open(model, weights, Precision.FP32)) {
      int[][] answers = answers(open, prompts, lengths, new Random(1), Choice.GREEDY);
      for (int r = 0; r < prompts.length; r++) {
        long[] prompt = Arrays.copyOf(prompts[r], (int) lengths[r]);

        assertThat(answers[r]).isEqualTo(greedy(oracle, prompt, model.vocabSize()));
      }
    }
  }

  private static int[] greedy(OracleLlama oracle, long[] prompt, int vocabulary) {
    int[] answer = new int[ANSWER];
    long[] text = prompt;
    for (int i = 0; i < ANSWER; i++) {
      float[] logits = oracle.predict(new long[][] {text});
      int from = (text.length - 1) * vocabulary;
      int best = 0;
      for (int t = 1; t < vocabulary; t++) {
        best = logits[from + t] > logits[from + best] ? t : best;
      }
      answer[i] = best;
      if (best == END) {
        return Arrays.copyOf(answer, i + 1);
      }
      text = Arrays.copyOf(text, text.length + 1);
      text[text.length - 1] = best;
    }
    return answer;
  }

  @ParameterizedTest
  @CsvSource({"FP32", "BF16"})
  void doNotDependOnTheOtherRows(Precision precision) {
    Architecture model = new Architecture(63, 30, 46, 2, 3, 3, 10, 128, 10_000, 1e-5, true, 0.02);
    Choice choice = new Choice(1.3, 0, 1);
    long[] prompt = new Random(6).longs(SLOTS, 1, 63).toArray();
    try (TensorSet weights = ProgramFixture.randomWeights(model, 5);
        OpenModel open = open(model, weights, precision)) {
      int[] alone = inCompany(open, prompt, 4, 0, choice);
      assertThat(Arrays.stream(alone).distinct().count()).isGreaterThan(10);
      for (int rows = 4; rows <= 40; rows += 12) {
        assertThat(inCompany(open, prompt, rows, rows - 2, choice)).isEqualTo(alone);
      }
    }
  }

  /** The answer to a prompt of seven tokens that stands at a row among random ones. */
  private static int[] inCompany(OpenModel open, long[] prompt, int rows, int at, Choice choice) {
    Random random = new Random(rows);
    long[][] prompts = new long[rows][];
    Arrays.setAll(prompts, r -> random.longs(SLOTS, 1, 63).toArray());
    long[] lengths = random.longs(rows, 1, SLOTS + 1).toArray();
    prompts[at] = prompt;
    lengths[at] = 7;
    double[][] draws = new double[rows][];
    Arrays.setAll(draws, r -> random.doubles(ANSWER).toArray());
    draws[at] = new Random(99).doubles(ANSWER).toArray();
    return answers(open, prompts, lengths, draws, choice)[at];
  }

  @Test
  void stayThoseOfTheirRowsWhenRowsAreDropped() {
    Architecture model = ProgramFixture.model(2, true);
    long[][] prompts = new long[8][];
    Arrays.setAll(prompts, r -> new Random(r).longs(SLOTS, 1, 61).toArray());
    long[] lengths = {5, 6, 7, 8, 9, 10, 11, 12};
    Choice choice = new Choice(1, 0, 1);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 5);
        OpenModel open = open(model, weights, Precision.FP32)) {
      double[] draws = new Random(1).doubles(8, 0.3, 1).toArray();
      int[] first = open.read(prompts, lengths, ANSWER, draws, choice);
      int[][] whole = open.generate(longs(first), lengths, SLOTS, 0, draws(8, 0, 20), choice);

      open.read(prompts, lengths, ANSWER, draws, choice);
      int[][] begin = open.generate(longs(first), lengths, SLOTS, 0, draws(8, 0, 10), choice);
      int[] kept = {6, 1, 3, 6};
      open.retain(longs(kept));
      long[] last = Arrays.stream(kept).mapToLong(r -> begin[9][r]).toArray();
      long[] left = Arrays.stream(kept).mapToLong(r -> lengths[r]).toArray();
      double[][] more = draws(8, 10, 20);
      double[][] keptDraws = Arrays.stream(kept).mapToObj(r -> more[r]).toArray(double[][]::new);
      int[][] end = open.generate(last, left, SLOTS, 10, keptDraws, choice);

      for (int i = 0; i < 10; i++) {
        int[] all = whole[10 + i];
        assertThat(end[i]).isEqualTo(Arrays.stream(kept).map(r -> all[r]).toArray());
      }
    }
  }

  /** Numbers of each row, above those that choose the token that ends a text. */
  private static double[][] draws(int rows, int from, int to) {
    double[][] draws = new double[rows][];
    Arrays.setAll(draws, r -> new Random(r).doubles(to, 0.3, 1).skip(from).toArray());
    return draws;
  }

  private static OpenModel open(Architecture model, TensorSet weights, Precision precision) {
    return OpenModel.open(new TensorWeights(model, weights), SLOTS + ANSWER, precision);
  }

  private static int[][] answers(
      OpenModel open, long[][] prompts, long[] lengths, Random random, Choice choice) {
    double[][] draws = new double[prompts.length][];
    Arrays.setAll(draws, r -> random.doubles(ANSWER).toArray());
    return answers(open, prompts, lengths, draws, choice);
  }

  /** Every row's tokens up to its end, in calls of seven tokens. */
  private static int[][] answers(
      OpenModel open, long[][] prompts, long[] lengths, double[][] draws, Choice choice) {
    int rows = prompts.length;
    double[] firstDraws = Arrays.stream(draws).mapToDouble(row -> row[0]).toArray();
    int[][] answers = new int[rows][ANSWER];
    int[] tokens = open.read(prompts, lengths, ANSWER, firstDraws, choice);
    int count = 0;
    put(answers, tokens, count++);
    while (count < ANSWER && Arrays.stream(tokens).anyMatch(token -> token != END)) {
      int from = count;
      double[][] next = new double[rows][];
      Arrays.setAll(next, r -> Arrays.copyOfRange(draws[r], from, Math.min(from + 7, ANSWER)));
      for (int[] step : open.generate(longs(tokens), lengths, SLOTS, count - 1, next, choice)) {
        tokens = step;
        put(answers, step, count++);
      }
    }
    open.forget();
    for (int r = 0; r < rows; r++) {
      answers[r] = upToEnd(Arrays.copyOf(answers[r], count));
    }
    return answers;
  }

  private static void put(int[][] answers, int[] tokens, int number) {
    for (int r = 0; r < tokens.length; r++) {
      answers[r][number] = tokens[r];
    }
  }

  private static int[] upToEnd(int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == END) {
        return Arrays.copyOf(tokens, i + 1);
      }
    }
    return tokens;
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
