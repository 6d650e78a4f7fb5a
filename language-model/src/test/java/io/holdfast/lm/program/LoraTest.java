package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters in the generated program. */
class LoraTest {

  private static final int SEQUENCES = 5;
  private static final Architecture MODEL = ProgramFixture.model(2, true);
  private static final long[][] IDS = ProgramFixture.tokens(MODEL, SEQUENCES, 7);
  private static final long[][] TARGETS = ProgramFixture.targets(MODEL, SEQUENCES, 7);
  private static final TokenBatch BATCH = ProgramFixture.batch(IDS, TARGETS);
  private static final long COUNT = ProgramFixture.count(TARGETS);

  private static Lora lora(double dropout, Target... targets) {
    return new Lora(3, 6, dropout, List.of(targets));
  }

  private static LlamaProgram program(Architecture model, Lora lora, Precision precision) {
    return new LlamaProgram(model, Dropout.NONE, precision, Attention.PLAIN).withAdapters(lora);
  }

  /** The paper's targets, all of them, the head alone, and one matrix alone. */
  @ParameterizedTest(name = "tied {0}, {1}, {2}, {3}")
  @CsvSource({
    "true, FP32, KEPT, O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ LM_HEAD",
    "false, FP32, KEPT, Q_PROJ K_PROJ V_PROJ O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ LM_HEAD",
    "true, FP32, RECOMPUTED, Q_PROJ K_PROJ V_PROJ O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ LM_HEAD",
    "true, FP32, KEPT, LM_HEAD",
    "true, FP32, RECOMPUTED, LM_HEAD",
    "false, FP32, RECOMPUTED, DOWN_PROJ",
    "true, BF16, KEPT, O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ LM_HEAD"
  })
  void lossAndEveryAdaptersGradientAgreeWithTheOracle(
      boolean tied, Precision precision, Activations activations, String targets) {
    Architecture model = ProgramFixture.model(2, tied);
    Lora lora =
        lora(0, Arrays.stream(targets.split(" ")).map(Target::valueOf).toArray(Target[]::new));
    boolean exact = precision == Precision.FP32;
    LlamaProgram llama = program(model, lora, precision).keeping(activations);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(llama, 4);
        OracleLlama oracle = new OracleLlama(model, weights).with(lora, adapters);
        LoadedProgram program = llama.load(weights);
        // Two parts: an adapted projection adds its gradients up itself.
        LoadedProgram parts = llama.load(weights, new HeadParts(31, 7))) {
      var expected = oracle.lossAndGradients(IDS, TARGETS);

      for (LoadedProgram loaded : List.of(program, parts)) {
        GradientAssert.assertAgrees(
            loaded,
            adapters,
            IDS,
            TARGETS,
            expected,
            exact ? 1e-6 * expected.loss() : 1e-2,
            exact ? 1e-5 : 8e-2);
      }
    }
  }

  /** fp32 throughout: W x + B A x and (W + B A) x differ in the last bits alone. */
  @ParameterizedTest(name = "tied {0}")
  @ValueSource(booleans = {true, false})
  void mergedWeightsMeanTheSame(boolean tied) {
    Architecture model = ProgramFixture.model(2, tied);
    Lora lora = lora(0.5, Target.values());
    LlamaProgram llama = program(model, lora, Precision.FP32);
    Architecture plain = lora.merged(model);
    assertThat(plain.tiedEmbeddings()).isFalse();
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(llama, 4);
        LoadedProgram program = llama.load(weights);
        TensorSet merged = program.merged(adapters);
        LoadedProgram children = LlamaProgram.forEvaluation(plain, Precision.FP32).load()) {
      assertThat(children.logits(BATCH, merged))
          .containsExactly(program.logits(BATCH, adapters), within(2e-5));
      assertThat(children.windowLosses(BATCH, merged))
          .containsExactly(program.windowLosses(BATCH, adapters), within(1e-4));
    }
  }

  @Test
  void stepsChangeAdaptersAndNothingElse() {
    LlamaProgram llama = program(MODEL, lora(0.1, Target.values()), Precision.BF16);
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet untouched = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(llama, 4);
        TensorSet first = TensorSet.zeros(llama.trained());
        TensorSet second = TensorSet.zeros(llama.trained());
        LoadedProgram program = llama.load(weights)) {
      float[] before = adapters.values(0);
      double start = 0;
      double loss = 0;
      for (int step = 1; step <= 100; step++) {
        OptimizerStep numbers = ProgramFixture.step(step, COUNT);
        loss = program.trainStep(BATCH, numbers, step, adapters, first, second).loss();
        start = step == 1 ? loss : start;
      }

      assertThat(loss).isLessThan(0.5 * start);
      assertThat(adapters.values(0)).isNotEqualTo(before);
      for (int i = 0; i < weights.layout().size(); i++) {
        assertThat(weights.values(i)).isEqualTo(untouched.values(i));
      }
    }
  }

  /** At the start B is zero, and the adapted model is the model. */
  @Test
  void adaptersWithoutOutputsChangeNothing() {
    LlamaProgram llama = program(MODEL, lora(0.1, Target.values()), Precision.FP32);
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(llama, 4);
        LoadedProgram program = llama.load(weights);
        LoadedProgram model = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32)) {
      for (int i = 1; i < adapters.layout().size(); i += 2) {
        ProgramFixture.fill(adapters, i, () -> 0);
      }

      assertThat(program.logits(BATCH, adapters)).isEqualTo(model.logits(BATCH, weights));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"Q_PROJ", "DOWN_PROJ", "LM_HEAD"})
  void dropoutIsAFunctionOfItsSeedAndOfTrainingOnly(Target target) {
    LlamaProgram llama = program(MODEL, lora(0.3, target), Precision.BF16);
    LlamaProgram without = program(MODEL, lora(0, target), Precision.BF16);
    try (TensorSet weights = ProgramFixture.randomWeights(MODEL, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(llama, 4);
        TensorSet gradients = TensorSet.zeros(llama.trained());
        LoadedProgram program = llama.load(weights);
        LoadedProgram exact = without.load(weights)) {
      double[] losses = new double[4];
      long[] seeds = {1, 2, 1, 2};
      for (int i = 0; i < losses.length; i++) {
        losses[i] =
            program.accumulate(
                BATCH, 0, SEQUENCES, ProgramFixture.step(1, COUNT), seeds[i], adapters, gradients);
      }

      assertThat(losses[2]).isEqualTo(losses[0]).isNotEqualTo(losses[1]);
      assertThat(losses[3]).isEqualTo(losses[1]);
      assertThat(program.windowLosses(BATCH, adapters))
          .containsExactly(exact.windowLosses(BATCH, adapters));
    }
  }
}
