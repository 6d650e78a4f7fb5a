package io.holdfast.frontier.retention;

import static io.holdfast.contracts.stage.StageKind.FINE_TUNE;
import static io.holdfast.contracts.stage.StageKind.POST_TRAIN;
import static io.holdfast.contracts.stage.StageKind.PRETRAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.stage.StageKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked by hand. */
class RetentionMatrixTest {

  private static final Offset<Double> EXACTLY = within(1e-12);
  private static final Measure PROSE = new Measure("prose", "L", false, PRETRAIN);
  private static final Measure MATHS = new Measure("maths", "L", false, POST_TRAIN);
  private static final Measure FACTS = new Measure("facts", "L", false, FINE_TUNE);
  private static final Measure CAPITALS = new Measure("capitals@1 test", "acc", true, null);

  private static Trajectory along(long seed, double pretrain, double postTrain, double fineTune) {
    return new Trajectory(
        seed, Map.of(PRETRAIN, pretrain, POST_TRAIN, postTrain, FINE_TUNE, fineTune));
  }

  @Test
  void forgettingIsTheRiseOfALossAboveItsEarlierMinimum() {
    assertThat(along(1, 4.0, 3.0, 3.5).forgetting(MATHS).orElseThrow()).isCloseTo(0.5, EXACTLY);
    assertThat(along(1, 4.0, 4.5, 5.0).forgetting(PROSE).orElseThrow()).isCloseTo(1.0, EXACTLY);
    // Better at the end than ever: negative.
    assertThat(along(1, 6.0, 5.5, 4.0).forgetting(FACTS).orElseThrow()).isCloseTo(-1.5, EXACTLY);
  }

  @Test
  void forgettingOfAnAccuracyIsItsFallFromTheBest() {
    assertThat(along(1, 0.3, 0.8, 0.6).forgetting(CAPITALS).orElseThrow()).isCloseTo(0.2, EXACTLY);
    assertThat(along(1, 0.3, 0.2, 0.6).forgetting(CAPITALS).orElseThrow()).isCloseTo(-0.3, EXACTLY);
  }

  @Test
  void backwardTransferIsFromTheStageThatLearnedIt() {
    // Prose was best after post-training, but learned in pretraining: 4.0 to 5.0 is worse by 1.
    assertThat(along(1, 4.0, 3.0, 5.0).backwardTransfer(PROSE).orElseThrow())
        .isCloseTo(-1.0, EXACTLY);
    assertThat(along(1, 4.0, 3.0, 2.8).backwardTransfer(MATHS).orElseThrow())
        .isCloseTo(0.2, EXACTLY);
    assertThat(along(1, 4.0, 3.0, 2.8).backwardTransfer(FACTS)).isEmpty();
    assertThat(along(1, 0.1, 0.2, 0.3).backwardTransfer(CAPITALS)).isEmpty();
    Measure learned = new Measure("x", "acc", true, POST_TRAIN);
    assertThat(along(1, 0.1, 0.7, 0.4).backwardTransfer(learned).orElseThrow())
        .isCloseTo(-0.3, EXACTLY);
  }

  @Test
  void nothingIsSaidBeforeTheLastStageOrWithoutAnEarlierOne() {
    Trajectory halfway = new Trajectory(1, Map.of(PRETRAIN, 4.0, POST_TRAIN, 3.0));
    assertThat(halfway.forgetting(MATHS)).isEmpty();
    assertThat(halfway.backwardTransfer(MATHS)).isEmpty();
    assertThat(new Trajectory(1, Map.of(FINE_TUNE, 3.0)).forgetting(MATHS)).isEmpty();
    Trajectory without = new Trajectory(1, Map.of(PRETRAIN, 4.0, FINE_TUNE, 4.4));
    assertThat(without.forgetting(MATHS).orElseThrow()).isCloseTo(0.4, EXACTLY);
    assertThat(without.backwardTransfer(MATHS)).isEmpty();
  }

  @Test
  void summariesAreOverSeeds() {
    Map<Measure, List<Trajectory>> measured = new LinkedHashMap<>();
    measured.put(PROSE, List.of(along(1, 4.0, 4.2, 4.6), along(2, 4.0, 4.4, 5.0)));
    measured.put(MATHS, List.of(along(1, 5.0, 3.0, 3.2), along(2, 5.0, 3.2, 3.2)));
    measured.put(FACTS, List.of(along(1, 6.0, 6.0, 5.0), along(2, 6.0, 6.0, 5.0)));
    measured.put(CAPITALS, List.of(along(1, 0.5, 0.4, 0.2)));

    RetentionMatrix matrix = RetentionMatrix.of("plain", "", measured);

    assertThat(matrix.rows())
        .extracting(row -> row.measure().name())
        .containsExactly("prose", "maths", "facts", "capitals@1 test");
    RetentionRow prose = matrix.rows().getFirst();
    assertThat(prose.after().keySet()).containsExactly(StageKind.values());
    assertThat(prose.after().get(FINE_TUNE).mean()).isCloseTo(4.8, EXACTLY);
    assertThat(prose.after().get(FINE_TUNE).n()).isEqualTo(2);
    // 0.6 and 1.0: mean 0.8, sd 0.2·√2; t(0.975, 1) = 12.7062.
    assertThat(prose.forgetting().mean()).isCloseTo(0.8, EXACTLY);
    assertThat(prose.forgetting().high()).isCloseTo(0.8 + 12.7062 * 0.2, within(1e-4));
    assertThat(prose.backwardTransfer().mean()).isCloseTo(-0.8, EXACTLY);
    // Seed 1: (0.6 + 0.2 - 1.0) / 3; seed 2: (1.0 + 0 - 1.0) / 3.
    assertThat(matrix.averageForgetting().mean()).isCloseTo((-0.2 / 3 + 0) / 2, EXACTLY);
    // Seed 1: -(0.6 + 0.2) / 2; seed 2: -(1.0 + 0) / 2. Facts have none.
    assertThat(matrix.averageBackwardTransfer().mean()).isCloseTo(-0.45, EXACTLY);
    assertThat(matrix.averageBackwardTransfer().n()).isEqualTo(2);
    RetentionRow capitals = matrix.rows().getLast();
    assertThat(capitals.forgetting().mean()).isCloseTo(0.3, EXACTLY);
    assertThat(capitals.forgetting().low()).isNull();
    assertThat(capitals.backwardTransfer()).isNull();
  }

  @Test
  void aSeedThatLacksACorpusIsInNoAverage() {
    Map<Measure, List<Trajectory>> measured = new LinkedHashMap<>();
    measured.put(PROSE, List.of(along(1, 4.0, 4.2, 4.6), along(2, 4.0, 4.4, 5.0)));
    measured.put(MATHS, List.of(along(1, 5.0, 3.0, 3.2)));

    RetentionMatrix matrix = RetentionMatrix.of("plain", "", measured);

    assertThat(matrix.averageForgetting().n()).isEqualTo(1);
    assertThat(matrix.averageForgetting().mean()).isCloseTo(0.4, EXACTLY);
  }
}
