package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.OracleLlama.LossAndGradients;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generated program against the same model in plain NDArray operations. */
class OracleTest {

  private static final int SEQUENCES = 5;

  /**
   * fp32: sums are taken in another order, so the last bits differ. bf16 has 8 bits of mantissa: a
   * relative rounding of 2^-9 in each of some forty operations in a row.
   */
  private static final double FP32_LOSS = 1e-6;

  private static final double FP32_GRADIENT = 1e-5;
  private static final double BF16_LOSS = 1e-2;
  private static final double BF16_GRADIENT = 8e-2;

  @ParameterizedTest(name = "{0} key heads, tied {1}, {2}")
  @CsvSource({
    "4, true, FP32",
    "4, false, FP32",
    "2, true, FP32",
    "1, false, FP32",
    "4, true, BF16",
    "2, false, BF16"
  })
  void lossAndEveryGradientAgreeWithTheOracle(int kvHeads, boolean tied, Precision precision) {
    Architecture model = ProgramFixture.model(kvHeads, tied);
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 7);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 7);
    boolean exact = precision == Precision.FP32;
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        OracleLlama oracle = new OracleLlama(model, weights);
        LoadedProgram program = ProgramFixture.load(model, Dropout.NONE, precision)) {
      LossAndGradients expected = oracle.lossAndGradients(ids, targets);

      GradientAssert.assertAgrees(
          program,
          weights,
          ids,
          targets,
          expected,
          exact ? FP32_LOSS * expected.loss() : BF16_LOSS,
          exact ? FP32_GRADIENT : BF16_GRADIENT);
    }
  }

  /** Several products, each with several softmaxes, the last of each shorter than the others. */
  @ParameterizedTest(name = "tied {0}, {1}")
  @CsvSource({"true, FP32", "false, FP32", "true, BF16"})
  void lossInPartsMeansTheSame(boolean tied, Precision precision) {
    Architecture model = ProgramFixture.model(2, tied);
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 7);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 7);
    boolean exact = precision == Precision.FP32;
    LlamaProgram llama = new LlamaProgram(model, Dropout.NONE, precision, Attention.PLAIN);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        OracleLlama oracle = new OracleLlama(model, weights);
        LoadedProgram whole = llama.load();
        LoadedProgram program = llama.load(null, new HeadParts(25, 7))) {
      LossAndGradients expected = oracle.lossAndGradients(ids, targets);
      TokenBatch batch = ProgramFixture.batch(ids, targets);

      GradientAssert.assertAgrees(
          program,
          weights,
          ids,
          targets,
          expected,
          exact ? FP32_LOSS * expected.loss() : BF16_LOSS,
          exact ? FP32_GRADIENT : BF16_GRADIENT);
      assertThat(program.windowLosses(batch, weights))
          .containsExactly(whole.windowLosses(batch, weights), within(1e-4));
    }
  }

  @Test
  void windowLossesAreTheSummedLossesOfEachWindow() {
    Architecture model = ProgramFixture.model(2, true);
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 11);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 11);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 5);
        OracleLlama oracle = new OracleLlama(model, weights);
        LoadedProgram program = LlamaProgram.forEvaluation(model, Precision.FP32).load()) {
      double[] losses = program.windowLosses(ProgramFixture.batch(ids, targets), weights);

      assertThat(losses).hasSize(SEQUENCES);
      for (int b = 0; b < SEQUENCES; b++) {
        long[][] window = {targets[b]};
        double mean = oracle.lossAndGradients(new long[][] {ids[b]}, window).loss();
        assertThat(losses[b] / ProgramFixture.count(window)).isCloseTo(mean, within(1e-5));
      }
      double total = oracle.lossAndGradients(ids, targets).loss();
      assertThat(Arrays.stream(losses).sum() / ProgramFixture.count(targets))
          .isCloseTo(total, within(1e-5));
    }
  }

  /** A frequency of each kind: with 12 tokens, a factor of 8 moves a slow pair's logits visibly. */
  @Test
  void scaledRotaryFrequenciesMeanWhatTheOracleSays() {
    Architecture plain = ProgramFixture.model(2, true);
    Architecture scaled = ProgramFixture.scaled(plain, new RopeScaling(8, 0.1, 2, 10));
    long[][] ids = ProgramFixture.tokens(scaled, SEQUENCES, 17);
    try (TensorSet weights = ProgramFixture.randomWeights(scaled, 5);
        OracleLlama oracle = new OracleLlama(scaled, weights);
        OracleLlama unscaled = new OracleLlama(plain, weights);
        LoadedProgram program = LlamaProgram.forEvaluation(scaled, Precision.FP32).load()) {
      float[] found = floats(program.logits(ProgramFixture.batch(ids, ids), weights));

      assertThat(ProgramFixture.distance(found, oracle.predict(ids))).isLessThan(1e-5);
      assertThat(ProgramFixture.distance(found, unscaled.predict(ids))).isGreaterThan(1e-2);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest(name = "{0} key heads")
  @CsvSource({"4", "2"})
  void fusedAttentionMeansTheSame(int kvHeads) {
    Architecture model = ProgramFixture.model(kvHeads, true);
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 13);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 13);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 5);
        LoadedProgram plain = LlamaProgram.forEvaluation(model, Precision.FP32).load();
        LoadedProgram fused =
            new LlamaProgram(model, Dropout.NONE, Precision.FP32, Attention.FUSED).load()) {
      double[] expected = plain.windowLosses(ProgramFixture.batch(ids, targets), weights);
      double[] found = fused.windowLosses(ProgramFixture.batch(ids, targets), weights);

      assertThat(found).containsExactly(expected, within(1e-4));
    }
  }
}
