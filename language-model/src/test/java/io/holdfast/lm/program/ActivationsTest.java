package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that are computed again mean the same as blocks that were kept, bit by bit. */
class ActivationsTest {

  private static final int SEQUENCES = 4;
  private static final long SEED = 99;

  @ParameterizedTest(name = "tied {0}, {1}, {2} attention")
  @CsvSource({
    "true, FP32, PLAIN",
    "false, FP32, PLAIN",
    "true, BF16, PLAIN",
    "false, BF16, FUSED",
    "true, FP32, FUSED"
  })
  void lossAndGradientsAreTheSameWithDropout(
      boolean tied, Precision precision, Attention attention) {
    Architecture model = ProgramFixture.model(2, tied);
    LlamaProgram kept =
        new LlamaProgram(model, new Dropout(0.1, 0.2, 0.1, 0.3), precision, attention);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3)) {
      assertSame(kept, weights, null);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"FP32", "BF16"})
  void adaptersGradientsAreTheSameWithDropout(Precision precision) {
    Architecture model = ProgramFixture.model(2, true);
    Lora lora = new Lora(3, 6, 0.2, List.of(Target.values()));
    LlamaProgram kept =
        new LlamaProgram(model, Dropout.everywhere(0.1), precision, Attention.PLAIN)
            .withAdapters(lora);
    try (TensorSet weights = ProgramFixture.randomWeights(model, 3);
        TensorSet adapters = ProgramFixture.randomAdapters(kept, 4)) {
      assertSame(kept, adapters, weights);
    }
  }

  private static void assertSame(LlamaProgram kept, TensorSet trained, TensorSet fixed) {
    Architecture model = kept.architecture();
    long[][] ids = ProgramFixture.tokens(model, SEQUENCES, 7);
    long[][] targets = ProgramFixture.targets(model, SEQUENCES, 7);
    try (TensorSet expected = TensorSet.zeros(trained.layout());
        TensorSet found = TensorSet.zeros(trained.layout());
        LoadedProgram program = kept.load(fixed);
        LoadedProgram recomputing = kept.keeping(Activations.RECOMPUTED).load(fixed)) {
      double loss = accumulate(program, ids, targets, trained, expected);

      assertThat(accumulate(recomputing, ids, targets, trained, found)).isEqualTo(loss);
      for (int i = 0; i < found.layout().size(); i++) {
        assertThat(found.values(i)).as(found.layout().names().get(i)).isEqualTo(expected.values(i));
      }
    }
  }

  private static double accumulate(
      LoadedProgram program,
      long[][] ids,
      long[][] targets,
      TensorSet trained,
      TensorSet gradients) {
    OptimizerStep step = ProgramFixture.step(1, ProgramFixture.count(targets));
    TokenBatch batch = ProgramFixture.batch(ids, targets);
    return program.accumulate(batch, 0, SEQUENCES, step, SEED, trained, gradients);
  }
}
