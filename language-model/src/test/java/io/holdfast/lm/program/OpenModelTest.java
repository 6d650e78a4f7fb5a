package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.OpenModel.Found;
import io.holdfast.lm.weights.TableModel;
import io.holdfast.lm.weights.TokenizerFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log-probabilities against the same model in plain NDArray operations. */
class OpenModelTest {

  private static final int LENGTH = 16;

  /**
   * fp32: sums are taken in another order. bf16: 8 bits of mantissa in some forty operations in a
   * row.
   */
  private static final double FP32_NATS = 1e-5;

  private static final double BF16_NATS = 0.15;

  @ParameterizedTest(name = "{0} key heads, tied {1}, {2}")
  @CsvSource({"4, true, FP32", "1, false, FP32", "2, true, BF16", "4, false, BF16"})
  void logProbabilitiesAndTheBestTokensAgreeWithTheOracle(
      int kvHeads, boolean tied, Precision precision) {
    agrees(ProgramFixture.model(kvHeads, tied), precision);
  }

  @Test
  void theSameWithStretchedRotations() {
    agrees(
        ProgramFixture.scaled(ProgramFixture.model(2, true), new RopeScaling(8, 1, 4, 16)),
        Precision.FP32);
  }

  private static void agrees(Architecture model, Precision precision) {
    long[][] rows = rows(model, 5, new Random(7));
    long[] places = new Random(8).longs(40, 0, 5L * LENGTH).toArray();
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        OracleLlama oracle = new OracleLlama(model, weights);
        OpenModel open = OpenModel.open(new TensorWeights(model, weights), 64, precision)) {
      float[] logits = oracle.predict(rows);
      boolean exact = precision == Precision.FP32;
      long[] best = Arrays.stream(places).map(p -> best(logits, p, model.vocabSize())).toArray();
      long[] others = Arrays.stream(best).map(b -> (b + 1) % model.vocabSize()).toArray();

      Found found = open.score(rows, places, best);
      Found less = open.score(rows, places, others);

      for (int i = 0; i < places.length; i++) {
        assertThat(found.logProbabilities()[i])
            .isCloseTo(
                logProbability(logits, places[i], best[i], model.vocabSize()),
                within(exact ? FP32_NATS : BF16_NATS));
        assertThat(found.best()[i] && less.best()[i]).isFalse();
        assertThat(found.best()[i] || !exact).isTrue();
      }
    }
  }

  @Test
  void ofEquallyLikelyTokensTheFirstIsTheBest() {
    float[][] logits = new float[6][6];
    logits[1] = new float[] {0, 0, 3, 0, 3, 3};
    try (OpenModel open = table(logits)) {
      long[][] row = new long[1][LENGTH];
      row[0][0] = 1;

      assertThat(open.score(row, new long[] {0, 0, 0, 0}, new long[] {0, 2, 4, 5}).best())
          .containsExactly(false, true, false, false);
      assertThat(read(open, 1, new double[] {0}, Choice.GREEDY)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"FP32", "BF16"})
  void aRowsScoresDoNotDependOnTheOthersBitByBit(Precision precision) {
    // Odd widths, so that vectors of all rows together would not end where a row does.
    Architecture model = new Architecture(63, 30, 45, 2, 3, 3, 10, 64, 10_000, 1e-5, true, 0.02);
    Random random = new Random(11);
    long[] row = rows(model, 1, random)[0];
    try (TensorSet weights = ProgramFixture.randomWeights(model, 5);
        OpenModel open = OpenModel.open(new TensorWeights(model, weights), 64, precision)) {
      double[] alone = scores(open, new long[][] {row}, 0, 0, random);
      for (int company = 0; company < 20; company++) {
        long[][] rows = rows(model, 1 + random.nextInt(140), random);
        int at = random.nextInt(rows.length);
        rows[at] = row;

        assertThat(scores(open, rows, at, random.nextInt(50), random))
            .as("row %d of %d", at, rows.length)
            .isEqualTo(alone);
      }
    }
  }

  /** Scores of all tokens at a row's places, behind others at any. */
  private static double[] scores(
      OpenModel open, long[][] rows, int row, int others, Random random) {
    long[] places = new long[others + LENGTH];
    long[] wanted = new long[places.length];
    for (int i = 0; i < others; i++) {
      places[i] = random.nextInt(rows.length * LENGTH);
    }
    for (int t = 0; t < LENGTH; t++) {
      places[others + t] = (long) row * LENGTH + t;
      wanted[others + t] = t;
    }
    double[] found = open.score(rows, places, wanted).logProbabilities();
    return Arrays.copyOfRange(found, others, found.length);
  }

  /**
   * Pearson's χ² of 20,000 draws; 20.5 is exceeded by chance once in a thousand times (5 cells).
   */
  @ParameterizedTest(name = "temperature {0}, top-k {1}, top-p {2}")
  @CsvSource({"1, 0, 1", "0.7, 0, 1", "1, 4, 1", "1, 0, 0.8", "2, 5, 0.9"})
  void tokensAreDrawnFromTheDistribution(double temperature, int topK, double topP) {
    float[] logits = {0.3f, 2, 1.1f, -1, 1.5f, 0};
    Choice choice = new Choice(temperature, topK, topP);
    double[] expected = distribution(logits, choice);
    int draws = 20_000;
    int[] counts = new int[logits.length];
    Random random = new Random(3);
    try (OpenModel open = table(new float[][] {logits, logits, logits, logits, logits, logits})) {
      int rows = 400;
      for (int call = 0; call < draws / rows; call++) {
        for (int token : first(open, rows, random.doubles(rows).toArray(), choice)) {
          counts[token]++;
        }
      }
    }

    double chiSquare = 0;
    for (int t = 0; t < logits.length; t++) {
      if (expected[t] == 0) {
        assertThat(counts[t]).isZero();
      } else {
        chiSquare += Math.pow(counts[t] - draws * expected[t], 2) / (draws * expected[t]);
      }
    }
    assertThat(chiSquare).isLessThan(20.5);
  }

  @Test
  void theLargestDrawTakesALikelyToken() {
    float[] logits = {1, 30, 0, 30, 0, -80};
    try (OpenModel open = table(new float[][] {logits, logits, logits, logits, logits, logits})) {
      assertThat(read(open, 1, new double[] {Math.nextDown(1.0)}, new Choice(1, 2, 1)))
          .isEqualTo(3);
      assertThat(read(open, 1, new double[] {0}, new Choice(1, 2, 1))).isEqualTo(1);
    }
  }

  private static OpenModel table(float[][] logits) {
    TokenizerFile none = new TokenizerFile(Path.of("none"), 0, "none");
    return OpenModel.open(new TableModel(logits, 64, none), 64, Precision.FP32);
  }

  private static int read(OpenModel open, int token, double[] draws, Choice choice) {
    double[] all = Arrays.copyOf(draws, OpenModel.ROWS);
    long[][] prompts = new long[OpenModel.ROWS][LENGTH];
    prompts[0][0] = token;
    long[] lengths = new long[OpenModel.ROWS];
    Arrays.fill(lengths, 1);
    return open.read(prompts, lengths, 1, all, choice)[0];
  }

  private static int[] first(OpenModel open, int rows, double[] draws, Choice choice) {
    long[] lengths = new long[rows];
    Arrays.fill(lengths, 1);
    return open.read(new long[rows][LENGTH], lengths, 1, draws, choice);
  }

  /** Temperature, then the k largest, then the most likely ones until they reach p. */
  private static double[] distribution(float[] logits, Choice choice) {
    int n = logits.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(logits[b], logits[a]));
    int most = choice.topK() == 0 ? n : choice.topK();
    double[] weights = new double[n];
    double sum = 0;
    for (int rank = 0; rank < most; rank++) {
      weights[order[rank]] = Math.exp(logits[order[rank]] / choice.temperature());
      sum += weights[order[rank]];
    }
    double before = 0;
    double kept = 0;
    for (int rank = 0; rank < n; rank++) {
      double part = weights[order[rank]] / sum;
      weights[order[rank]] = before < choice.topP() ? part : 0;
      kept += weights[order[rank]];
      before += part;
    }
    for (int t = 0; t < n; t++) {
      weights[t] /= kept;
    }
    return weights;
  }

  private static long[][] rows(Architecture model, int count, Random random) {
    long[][] rows = new long[count][];
    Arrays.setAll(rows, r -> random.longs(LENGTH, 0, model.vocabSize()).toArray());
    return rows;
  }

  private static int best(float[] logits, long place, int vocabulary) {
    int from = (int) place * vocabulary;
    int best = 0;
    for (int t = 1; t < vocabulary; t++) {
      best = logits[from + t] > logits[from + best] ? t : best;
    }
    return best;
  }

  private static double logProbability(float[] logits, long place, long token, int vocabulary) {
    int from = (int) place * vocabulary;
    double sum = 0;
    for (int t = 0; t < vocabulary; t++) {
      sum += Math.exp(logits[from + t]);
    }
    return logits[from + (int) token] - Math.log(sum);
  }
}
