package io.holdfast.data;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import java.util.List;

/** Stages as studies ask for them; data-service looks at their data alone. */
public final class Stages {

  private static final Architecture ARCHITECTURE =
      new Architecture(512, 32, 64, 2, 2, 2, 16, 64, 1e4, 1e-5, true, 0.02);

  private static final Optimization OPTIMIZATION =
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
          Precision.FP32);

  private Stages() {}

  /** One epoch of a corpus. */
  public static StageSpec spec(String tokenizer, String corpus, EarlyStopping stopping) {
    return spec(
        tokenizer,
        new MixtureSpec(
            32,
            Budget.ofEpochs(1),
            List.of(new Source(new Part(corpus, null), 1)),
            List.of(),
            List.of()),
        stopping);
  }

  public static StageSpec spec(String tokenizer, MixtureSpec mixture, EarlyStopping stopping) {
    return spec(tokenizer, mixture, null, stopping);
  }

  /** Elastic weight consolidation. */
  public static Method ewc(String corpus, long maxTokens) {
    return new Method(null, new Anchor(1, new Fisher(corpus, maxTokens)), null, false, null);
  }

  public static StageSpec spec(
      String tokenizer, MixtureSpec mixture, Method method, EarlyStopping stopping) {
    return new StageSpec(
        StageSpec.CURRENT_NUMERICS,
        StageKind.PRETRAIN,
        null,
        null,
        ARCHITECTURE,
        tokenizer,
        mixture,
        OPTIMIZATION,
        method,
        stopping,
        List.of(),
        11);
  }
}
