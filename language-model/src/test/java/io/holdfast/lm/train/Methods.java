package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Method.Target;
import java.util.List;

/** Ways to train a {@link StageFixture}'s stage. */
final class Methods {

  private Methods() {}

  static Method anchored(double strength) {
    return new Method(null, new Anchor(strength, null), null, false, null);
  }

  static Method consolidated(double strength) {
    return new Method(null, new Anchor(strength, fisher()), null, false, null);
  }

  static Method sharpnessAware(double radius) {
    return new Method(null, null, radius, false, null);
  }

  static Method everything() {
    return new Method(null, new Anchor(0.1, fisher()), 0.05, false, null);
  }

  static Method optimizerState(OptimizerState state) {
    return new Method(null, null, null, false, state);
  }

  /** Adapters, within documents, with sharpness-awareness. */
  static Method adapters() {
    Lora lora = new Lora(3, 6, 0.1, List.of(Target.Q_PROJ, Target.DOWN_PROJ, Target.LM_HEAD));
    return new Method(lora, null, 0.05, true, null);
  }

  private static Fisher fisher() {
    return new Fisher("dev", 100);
  }
}
