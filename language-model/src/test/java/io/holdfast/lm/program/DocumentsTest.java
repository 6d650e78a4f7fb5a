package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention that stays within documents. */
class DocumentsTest {

  private static final int END = 0;
  private static final int SEQUENCES = 3;
  private static final Architecture MODEL = ProgramFixture.model(2, true);

  /** Ends at the start, twice in a row, in the middle, at the end, and nowhere. */
  private static long[][] ids() {
    long[][] ids = ProgramFixture.tokens(MODEL, SEQUENCES, 7);
    for (long[] sequence : ids) {
      Arrays.setAll(sequence, t -> Math.max(1, sequence[t]));
    }
    ids[0][0] = END;
    ids[0][6] = END;
    ids[0][7] = END;
    ids[1][4] = END;
    ids[1][ProgramFixture.LENGTH - 1] = END;
    return ids;
  }

  private static LlamaProgram program(Attention attention) {
    return new LlamaProgram(MODEL, Dropout.NONE, Precision.FP32, attention).withinDocuments(END);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"PLAIN, KEPT", "FUSED, KEPT", "PLAIN, RECOMPUTED", "FUSED, RECOMPUTED"})
  void lossAndGradientsAgreeWithTheOracle(Attention attention, Activations activations) {
    long[][] targets = ProgramFixture.targets(MODEL, SEQUENCES, 7);
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        OracleLlama oracle = new OracleLlama(MODEL, weights).withinDocuments(END);
        LoadedProgram program = program(attention).keeping(activations).load()) {
      var expected = oracle.lossAndGradients(ids(), targets);

      GradientAssert.assertAgrees(
          program, weights, ids(), targets, expected, 1e-6 * expected.loss(), 1e-5);
    }
  }

  /** Long enough for attention to go over its queries in pieces, the last one short. */
  @ParameterizedTest(name = "within documents {0}")
  @ValueSource(booleans = {false, true})
  void attentionInPiecesAgreesWithTheOracle(boolean within) {
    Random random = new Random(3);
    long[][] ids = {random.longs(300, 1, MODEL.vocabSize()).toArray()};
    long[][] targets = {random.longs(300, 0, MODEL.vocabSize()).toArray()};
    ids[0][100] = END;
    ids[0][200] = END;
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        OracleLlama oracle = new OracleLlama(MODEL, weights);
        LoadedProgram program =
            program(Attention.PLAIN).withinDocuments(within ? END : null).load()) {
      var expected = (within ? oracle.withinDocuments(END) : oracle).lossAndGradients(ids, targets);

      GradientAssert.assertAgrees(
          program, weights, ids, targets, expected, 1e-6 * expected.loss(), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void aDocumentsLogitsDoNotDependOnWhatPrecedesIt(Attention attention) {
    int from = 5;
    long[][] ids = ids();
    long[][] changed = ids();
    for (int t = 0; t < from - 1; t++) {
      changed[1][t] = 1 + (changed[1][t] + 17) % (MODEL.vocabSize() - 1);
    }
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        LoadedProgram within = program(attention).load();
        LoadedProgram across = program(attention).withinDocuments(null).load()) {
      assertThat(document(within, weights, changed, 1, from))
          .containsExactly(document(within, weights, ids, 1, from));
      assertThat(document(across, weights, changed, 1, from))
          .isNotEqualTo(document(across, weights, ids, 1, from));
    }
  }

  /** RoPE knows distances alone, so a document says the same wherever it lies. */
  @Test
  void aDocumentIsScoredAsIfItWereAlone() {
    int from = 5;
    long[][] alone = {Arrays.copyOfRange(ids()[1], from, ProgramFixture.LENGTH)};
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        LoadedProgram within = program(Attention.PLAIN).load()) {
      assertThat(document(within, weights, ids(), 1, from))
          .containsExactly(document(within, weights, alone, 0, 0), within(2e-5));
    }
  }

  /** Logits of one sequence's tokens from a place on. */
  private static double[] document(
      LoadedProgram program, TensorSet weights, long[][] ids, int sequence, int from) {
    int vocabulary = MODEL.vocabSize();
    int length = ids[0].length;
    double[] logits = program.logits(ProgramFixture.batch(ids, ids), weights);
    return Arrays.copyOfRange(
        logits, (sequence * length + from) * vocabulary, (sequence + 1) * length * vocabulary);
  }
}
