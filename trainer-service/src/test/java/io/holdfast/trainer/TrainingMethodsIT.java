package io.holdfast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.TensorSource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a prepared stage asks of the engine reaches it, and shows in the weights. */
@QuarkusTest
class TrainingMethodsIT extends TrainerFixture {

  private static final String QUERIES = "model.layers.0.self_attn.q_proj.weight";

  private static final String OUTPUTS = "model.layers.0.self_attn.o_proj.weight";

  private static final String HEAD = "lm_head.weight";

  @Test
  void elasticWeightConsolidationHoldsTheWeights() {
    StageSpec parent = Stages.spec(null, 31, 1);
    StageSpec free = Stages.after(parent, null, 32);
    StageSpec held =
        Stages.after(
            parent,
            new Method(null, new Anchor(1e6, new Fisher("corpus", 640)), null, false, null),
            32);
    train(parent);
    train(free);
    StageCompleted completed = train(held);

    assertThat(completed.tokens()).isEqualTo(Stages.TOKENS);
    assertThat(distance(held, parent, OUTPUTS)).isPositive();
    assertThat(distance(held, parent, OUTPUTS)).isLessThan(distance(free, parent, OUTPUTS) / 2);
  }

  @Test
  void adaptersLeaveOtherWeightsAndTheirModelGoesOn() {
    StageSpec parent = Stages.spec(null, 33, 1);
    Lora lora = new Lora(2, 4, 0.1, List.of(Target.O_PROJ, Target.LM_HEAD));
    StageSpec adapted = Stages.after(parent, new Method(lora, null, null, false, null), 34);
    StageSpec child = Stages.after(adapted, null, 35);
    train(parent);
    train(adapted);

    assertThat(distance(adapted, parent, QUERIES)).isZero();
    assertThat(distance(adapted, parent, OUTPUTS)).isPositive();
    assertThat(checkpoint(adapted).architecture()).isEqualTo(Stages.MODEL.untied());

    train(child);
    assertThat(checkpoint(child).architecture()).isEqualTo(Stages.MODEL.untied());
    assertThat(distance(child, adapted, HEAD)).isPositive();
  }

  @Test
  void momentsAreCarriedFromAParentThatKeptThem() {
    StageSpec forgetful = Stages.spec(null, 36, 1);
    StageSpec keeper = Stages.root(state(OptimizerState.KEEP), 36);
    StageSpec stranded = Stages.after(forgetful, state(OptimizerState.CARRY), 37);
    StageSpec carried = Stages.after(keeper, state(OptimizerState.CARRY), 37);
    StageSpec reset = Stages.after(keeper, null, 37);
    String plain = train(forgetful).sha256();

    // Keeping moments does not change what a stage trains to; carrying them does.
    assertThat(train(keeper).sha256()).isEqualTo(plain);
    assertThat(train(carried).sha256()).isNotEqualTo(train(reset).sha256());

    topics.send(Stages.prepared(stranded, 1, 1, List.of()));
    StageFailed failed = topics.await(StageFailed.class, stranded.id(), 1).getFirst();
    assertThat(failed.code()).isEqualTo(FailureCode.PARENT_UNUSABLE);
    assertThat(failed.remedy()).isNotBlank();
  }

  private static Method state(OptimizerState state) {
    return new Method(null, null, null, false, state);
  }

  /** Euclidean distance of a tensor in two stages' final checkpoints. */
  private double distance(StageSpec one, StageSpec other, String tensor) {
    try (TensorSource first = checkpoint(one).weights();
        TensorSource second = checkpoint(other).weights()) {
      float[] a = first.floats(tensor);
      float[] b = second.floats(tensor);
      double squares = 0;
      for (int i = 0; i < a.length; i++) {
        squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      }
      return Math.sqrt(squares);
    }
  }
}
