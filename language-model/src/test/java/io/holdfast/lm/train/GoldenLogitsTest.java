package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.ImportedModel;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of the engine's arithmetic, of its seeds or of its files does not go unnoticed. */
class GoldenLogitsTest {

  @TempDir Path directory;

  /** fp32: kernels of other processors sum in another order. bf16: as the oracle's tolerance. */
  @ParameterizedTest
  @CsvSource({"FP32, 1e-5", "BF16, 5e-2"})
  void theSameSeedGivesTheLogitsOfTheFirstDay(Precision precision, double tolerance)
      throws IOException {
    try (TensorSet weights = GoldenModel.weights()) {
      assertThat(distance(GoldenModel.logits(weights, precision), golden())).isLessThan(tolerance);
    }
  }

  @ParameterizedTest(name = "at most {0} bytes in a file")
  @CsvSource({"1000000000", "5000"})
  void exportAndImportKeepEveryBitOfTheLogits(long shardBytes) throws IOException {
    Path tokenizer =
        Files.writeString(
            directory.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{\"<end>\":0}}}");
    try (TensorSet weights = GoldenModel.weights();
        TensorSet imported = TensorSet.zeros(ParameterLayout.of(GoldenModel.MODEL))) {
      CheckpointContents contents =
          new CheckpointContents(
              GoldenModel.MODEL,
              weights.named(""),
              tokenizer,
              0,
              Json.mapper().createObjectNode(),
              null);
      CheckpointDirectory.save(directory.resolve("model"), contents, shardBytes);
      ImportedModel model = ImportedModel.open(directory.resolve("model"));
      try (TensorSource file = model.weights()) {
        imported.load(file, "");
      }

      assertThat(model.architecture()).isEqualTo(GoldenModel.MODEL);
      assertThat(GoldenModel.logits(imported, Precision.FP32))
          .containsExactly(GoldenModel.logits(weights, Precision.FP32));
    }
  }

  /** The tolerance would notice: a model of another seed is far away. */
  @Test
  void anotherModelIsFarAway() throws IOException {
    try (TensorSet weights = GoldenModel.weights()) {
      InitialWeights.fill(weights, GoldenModel.MODEL, 43);
      assertThat(distance(GoldenModel.logits(weights, Precision.FP32), golden()))
          .isGreaterThan(0.5);
    }
  }

  private static double[] golden() throws IOException {
    try (InputStream resource = GoldenLogitsTest.class.getResourceAsStream("/golden/logits.json")) {
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(text, GoldenModel.Golden.class).logits();
    }
  }

  /** Relative L2 distance. */
  private static double distance(double[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
