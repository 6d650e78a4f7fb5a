package io.holdfast.contracts.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingFlopsTest {

  private static final int LENGTH = 8;
  private static final Architecture MODEL =
      new Architecture(100, 8, 16, 2, 2, 1, 4, 16, 1e4, 1e-5, true, 0.1);

  /** Per block: Q and O 8·8 each, K and V 8·4 each, three times 8·16; then the output matrix. */
  private static final double WEIGHTS = 2 * (2 * 64 + 2 * 32 + 3 * 128) + 100 * 8;

  private static final double ATTENTION = 12 * 2 * 2 * 4 * LENGTH;

  @Test
  void plainStageCostsWhatItsModelDoes() {
    assertThat(flops(Method.PLAIN)).isEqualTo(new TrainingFlops(6 * WEIGHTS + ATTENTION, 0));
    assertThat(flops(new Method(null, new Anchor(1, null), null, true, null)))
        .isEqualTo(flops(Method.PLAIN));
  }

  @Test
  void sharpnessTakesTwoGradients() {
    assertThat(flops(new Method(null, null, 0.05, false, null)).perToken())
        .isEqualTo(2 * flops(Method.PLAIN).perToken());
  }

  @Test
  void adaptersSpareTheGradientsOfTheWeights() {
    Lora lora = new Lora(3, 6, 0, List.of(Target.V_PROJ, Target.DOWN_PROJ, Target.LM_HEAD));
    // V maps 8 to 4, down 16 to 8, the head 8 to 100.
    double adapters = 3 * (2 * ((8 + 4) + (16 + 8)) + (8 + 100));

    assertThat(flops(new Method(lora, null, null, false, null)).perToken())
        .isCloseTo(4 * WEIGHTS + ATTENTION + 6 * adapters, within(1e-6));
  }

  @Test
  void fisherCostsOneGradientOfItsTokensWhateverTheBudget() {
    TrainingFlops plain = flops(Method.PLAIN);
    TrainingFlops held =
        flops(new Method(null, new Anchor(1, new Fisher("c".repeat(64), 640)), null, false, null));

    assertThat(held.perToken()).isEqualTo(plain.perToken());
    assertThat(held.ofTokens(1_000)).isEqualTo(1_640 * plain.perToken());
  }

  private static TrainingFlops flops(Method method) {
    return TrainingFlops.of(
        new StageSpec(
            StageSpec.CURRENT_NUMERICS,
            StageKind.POST_TRAIN,
            "a".repeat(64),
            null,
            MODEL,
            "tokenizer",
            new MixtureSpec(
                LENGTH,
                Budget.ofTokens(1_000),
                List.of(new Source(new Part("b".repeat(64), null), 1)),
                List.of(),
                List.of()),
            new Optimization(
                8,
                1e-3,
                1e-4,
                Schedule.COSINE,
                new Warmup(null, 0.05),
                0,
                0.9,
                0.95,
                1e-8,
                0.1,
                1,
                Dropout.NONE,
                Precision.FP32),
            method,
            null,
            List.of(),
            1));
  }
}
