package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.ForeignModel;
import io.holdfast.lm.checkpoint.TensorType;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.OracleLlama;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.shard.TokenShardWriter;
import io.holdfast.lm.weights.CheckpointWeights;
import io.holdfast.lm.weights.Interpolation;
import io.holdfast.lm.weights.ModelWeights;
import io.holdfast.lm.weights.NoisyWeights;
import io.holdfast.lm.weights.WeightNoise;
import io.holdfast.lm.weights.WeightsDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossEvaluatorTest {

  private static final int LENGTH = 16;
  private static final Architecture MODEL =
      new Architecture(264, 24, 40, 2, 4, 2, 6, 32, 10_000, 1e-5, true, 0.02);

  @TempDir Path root;

  private final TensorSet weights = TensorSet.zeros(ParameterLayout.of(MODEL));
  private final HeldOutShard shard = new HeldOutShard("prose", "prose", 0, 100_000);

  @BeforeEach
  void writeCheckpointAndShard() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < weights.layout().size(); i++) {
      int mean = weights.layout().isMatrix(i) ? 0 : 1;
      weights.fill(
          i,
          (part, from) -> {
            while (part.hasRemaining()) {
              part.put((float) (random.nextGaussian() * 0.2 + mean));
            }
          });
    }
    CheckpointDirectory.save(
        root.resolve("checkpoint"),
        new CheckpointContents(
            MODEL,
            weights.named(""),
            ByteLevelTokenizer.write(root),
            0,
            Json.mapper().createObjectNode(),
            null));
    try (TokenShardWriter writer = TokenShardWriter.create(root.resolve("prose"), 264)) {
      for (int d = 0; d < 7; d++) {
        int[] document = random.ints(20 + d, 1, 264).toArray();
        document[document.length - 1] = 0;
        writer.append(document);
      }
      writer.finish();
    }
  }

  @AfterEach
  void freeWeights() {
    weights.close();
  }

  private LossResult evaluate(Precision precision, HeldOutShard set) {
    return new LossEvaluator(precision)
        .evaluate(root.resolve("checkpoint"), LENGTH, List.of(set), ArtifactPaths.under(root))
        .getFirst();
  }

  @Test
  void scoresEveryTokenOnceAndAgreesWithTheOracle() {
    LossResult result = evaluate(Precision.FP32, shard);

    assertThat(result.corpus()).isEqualTo("prose");
    assertThat(result.tokens()).isEqualTo(7 * 20 + 21);
    assertThat(result.windows()).isEqualTo(Math.ceilDiv(7 * 20 + 21, LENGTH));
    assertThat(result.lossNatsPerToken()).isCloseTo(oracle(), within(1e-5));
    assertThat(result.standardError()).isPositive();
    assertThat(result.perplexity()).isEqualTo(Math.exp(result.lossNatsPerToken()));
  }

  @Test
  void scoresAModelThatSomebodyElseTrained() throws IOException {
    Path foreign = root.resolve("foreign");
    ForeignModel random = ForeignModel.random(MODEL, TensorType.F16, 3);
    random.write(foreign, 2);
    ByteLevelTokenizer.write(foreign);
    CheckpointDirectory.save(
        root.resolve("own"),
        new CheckpointContents(
            MODEL,
            random.named(),
            foreign.resolve("tokenizer.json"),
            0,
            Json.mapper().createObjectNode(),
            null));
    LossEvaluator evaluator = new LossEvaluator(Precision.FP32);

    assertThat(evaluator.evaluate(foreign, LENGTH, List.of(shard), ArtifactPaths.under(root)))
        .isEqualTo(
            evaluator.evaluate(
                root.resolve("own"), LENGTH, List.of(shard), ArtifactPaths.under(root)));
  }

  @Test
  void scoresOnlyTokensThatHaveALossOverTheirBytes() {
    HeldOutShard masked = new HeldOutShard("pairs", "pairs", 0, 100_000);
    BitSet hasLoss = new BitSet();
    hasLoss.set(5, 12);
    try (TokenShardWriter writer = TokenShardWriter.createMasked(root.resolve("pairs"), 264)) {
      for (int d = 0; d < 3; d++) {
        // Ids from 1 to 256 are single bytes.
        writer.append(new Random(d).ints(13, 1, 257).toArray(), hasLoss);
      }
      writer.finish();
    }

    LossResult result = evaluate(Precision.FP32, masked);

    assertThat(result.tokens()).isEqualTo(3 * 7);
    assertThat(result.readTokens()).isEqualTo(3 * 13);
    assertThat(result.bytes()).isEqualTo(3 * 7);
    assertThat(result.windows()).isEqualTo(Math.ceilDiv(3 * 13, LENGTH));
    assertThat(result.lossNatsPerToken()).isCloseTo(oracle(masked), within(1e-5));
  }

  private double oracle() {
    return oracle(shard);
  }

  private double oracle(HeldOutShard set) {
    try (HeldOutWindows windows = new HeldOutWindows(set, LENGTH, ArtifactPaths.under(root));
        OracleLlama oracle = new OracleLlama(MODEL, weights)) {
      int count = (int) windows.windows();
      long[][] inputs = new long[count][LENGTH];
      long[][] targets = new long[count][LENGTH];
      for (int w = 0; w < count; w++) {
        windows.read(w, inputs[w], targets[w]);
      }
      return oracle.lossAndGradients(inputs, targets).loss();
    }
  }

  @Test
  void bf16StaysCloseToFp32() {
    assertThat(evaluate(Precision.BF16, shard).lossNatsPerToken())
        .isCloseTo(evaluate(Precision.FP32, shard).lossNatsPerToken(), within(5e-3));
  }

  @Test
  void bitsPerByteSpreadTheLossOverTheTextsBytes() {
    LossResult result = evaluate(Precision.FP32, shard);

    // Ids below 257 are single bytes but for the end of text; the six merges have 2 to 4.
    assertThat(result.bytes()).isBetween(result.tokens() - 7, result.tokens() + 30);
    assertThat(result.bitsPerByte() * Math.log(2) * result.bytes())
        .isCloseTo(result.lossNatsPerToken() * result.tokens(), within(1e-6));
  }

  @Test
  void scoresOnlyTheFirstTokensWhenAskedTo() {
    LossResult result = evaluate(Precision.FP32, new HeldOutShard("prose", "prose", 0, 40));

    assertThat(result.tokens()).isEqualTo(40);
    assertThat(result.readTokens()).isEqualTo(40);
    assertThat(result.windows()).isEqualTo(3);
    assertThat(result.knownError()).isEqualTo(result.standardError()).isPositive();
  }

  @Test
  void oneWindowLeavesTheStandardErrorUnknown() {
    LossResult result = evaluate(Precision.FP32, new HeldOutShard("prose", "prose", 0, LENGTH));

    assertThat(result.windows()).isEqualTo(1);
    assertThat(result.knownError()).isNull();
  }

  @Test
  void scoresWeightsThatWereNeverWritten() {
    LossEvaluator evaluator = new LossEvaluator(Precision.FP32);
    ArtifactPaths artifacts = ArtifactPaths.under(root);
    try (CheckpointWeights model = CheckpointWeights.open(root.resolve("checkpoint"))) {
      ModelWeights noisy =
          new NoisyWeights(model, new WeightNoise(WeightNoise.Scale.ROOT_MEAN_SQUARE, 0.5, 3));
      ModelWeights halfway = new Interpolation(model, noisy, 0.5);
      WeightsDirectory.write(root.resolve("halfway"), halfway);

      assertThat(evaluator.evaluate(halfway, LENGTH, List.of(shard), artifacts))
          .isEqualTo(evaluator.evaluate(root.resolve("halfway"), LENGTH, List.of(shard), artifacts))
          .isNotEqualTo(evaluator.evaluate(model, LENGTH, List.of(shard), artifacts));
    }
  }

  @Test
  void refusesAnEmptySplitAndAMissingCheckpoint() {
    assertThatThrownBy(() -> evaluate(Precision.FP32, new HeldOutShard("prose", "prose", 0, 0)))
        .isInstanceOf(UnusableArtifactException.class);
    assertThatThrownBy(
            () ->
                new LossEvaluator()
                    .evaluate(root.resolve("absent"), LENGTH, List.of(), ArtifactPaths.under(root)))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("absent");
  }
}
