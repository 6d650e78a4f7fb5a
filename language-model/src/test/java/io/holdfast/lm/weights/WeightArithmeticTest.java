package io.holdfast.lm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightArithmeticTest {

  private static final Set<String> TENSORS = LlamaTensors.shapes(RandomModel.MODEL).keySet();

  @TempDir Path root;

  private CheckpointWeights start;
  private CheckpointWeights end;

  @BeforeEach
  void writeTwoModels() {
    start = CheckpointWeights.open(RandomModel.write(root, "start", 1));
    end = CheckpointWeights.open(RandomModel.write(root, "end", 2));
  }

  @AfterEach
  void unmap() {
    start.close();
    end.close();
  }

  private static void assertSameBits(ModelWeights found, ModelWeights expected) {
    for (String tensor : TENSORS) {
      float[] a = found.values(tensor);
      float[] b = expected.values(tensor);
      assertThat(a).hasSameSizeAs(b);
      for (int i = 0; i < a.length; i++) {
        assertThat(Float.floatToRawIntBits(a[i])).isEqualTo(Float.floatToRawIntBits(b[i]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.75})
  void interpolatesEveryElement(double share) {
    Interpolation between = new Interpolation(start, end, share);

    for (String tensor : TENSORS) {
      float[] from = start.values(tensor);
      float[] to = end.values(tensor);
      float[] found = between.values(tensor);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo((float) ((1 - share) * from[i] + share * to[i]));
      }
    }
  }

  @Test
  void theEndsOfAnInterpolationAreTheModelsBitByBit() {
    assertSameBits(new Interpolation(start, end, 0), start);
    assertSameBits(new Interpolation(start, end, 1), end);
    assertThatThrownBy(() -> new Interpolation(start, end, 1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interpolation(start, end, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void averagesEveryElement() {
    Average average = new Average(List.of(start, end, start));

    for (String tensor : TENSORS) {
      float[] one = start.values(tensor);
      float[] other = end.values(tensor);
      float[] found = average.values(tensor);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo((float) ((2.0 * one[i] + other[i]) / 3));
      }
    }
  }

  @Test
  void theAverageOfOneModelIsThatModel() {
    assertSameBits(new Average(List.of(end)), end);
    assertThatThrownBy(() -> new Average(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherArchitecturesAndTokenizersAreRefused() {
    Architecture wider = new Architecture(64, 16, 44, 2, 4, 2, 4, 32, 10_000, 1e-5, true, 0.02);
    try (CheckpointWeights otherShape =
            CheckpointWeights.open(RandomModel.write(root, "wide", 3, wider, "a"));
        CheckpointWeights otherWords =
            CheckpointWeights.open(RandomModel.write(root, "words", 3, RandomModel.MODEL, "b"))) {
      assertRefused("other-architecture", otherShape);
      assertRefused("other-tokenizer", otherWords);
    }
  }

  private void assertRefused(String code, ModelWeights other) {
    for (Runnable combination :
        List.<Runnable>of(
            () -> new Interpolation(start, other, 0.5),
            () -> new Average(List.of(start, end, other)))) {
      assertThatThrownBy(combination::run)
          .isInstanceOfSatisfying(
              UnusableArtifactException.class,
              refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }
  }

  @Test
  void aWrittenModelIsWhatWasComputedAndSaysWhereItIsFrom() {
    ModelWeights derived = new Interpolation(start, new Average(List.of(start, end)), 0.25);
    var written = WeightsDirectory.write(root.resolve("derived"), derived);

    try (CheckpointWeights reread = CheckpointWeights.open(written.path())) {
      assertSameBits(reread, derived);
      assertThat(reread.architecture()).isEqualTo(RandomModel.MODEL);
      assertThat(reread.tokenizer().sha256()).isEqualTo(start.tokenizer().sha256());
      assertThat(reread.tokenizer().endOfText()).isZero();
    }
    assertThat(written.resumable()).isFalse();
    assertThat(written.summary().at("/origin/interpolation/share").doubleValue()).isEqualTo(0.25);
    assertThat(written.summary().at("/origin/interpolation/end/average/1")).isEqualTo(end.origin());
  }

  @Test
  void writingAgainKeepsWhatIsThere() {
    Path target = root.resolve("derived");
    String sha256 = WeightsDirectory.write(target, start).sha256();

    assertThat(WeightsDirectory.write(target, end).sha256()).isEqualTo(sha256);
  }
}
