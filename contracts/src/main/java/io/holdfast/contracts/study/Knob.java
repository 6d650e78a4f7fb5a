package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.StageSpec;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** An upstream choice that claims are about, as one number read off a lineage's stages. */
public enum Knob {
  /** λ: the largest share of a post-training corpus that pretraining sees. */
  EXPOSURE(
      Stage.PRETRAIN,
      spec -> spec.mixture().exposures().stream().mapToDouble(Exposure::fraction).max().orElse(0)),
  /** ρ: share of post-training tokens that come from earlier corpora. */
  REPLAY(
      Stage.POST_TRAIN,
      spec -> spec.mixture().replays().stream().mapToDouble(Replay::fraction).sum()),
  /** Largest dropout probability of a site in post-training. */
  DROPOUT(Stage.POST_TRAIN, spec -> largest(spec.optimization().dropout())),
  /** Rank of post-training's adapters; 0 trains the weights themselves. */
  LORA(
      Stage.POST_TRAIN,
      spec -> spec.methodOrPlain().lora() == null ? 0 : spec.methodOrPlain().lora().rank()),
  /** Strength of post-training's elastic weight consolidation. */
  EWC(Stage.POST_TRAIN, spec -> strength(spec.methodOrPlain().anchor(), true)),
  /** Strength of post-training's pull towards the pretrained weights. */
  L2_TO_INIT(Stage.POST_TRAIN, spec -> strength(spec.methodOrPlain().anchor(), false)),
  /** Radius of post-training's sharpness-aware minimisation. */
  SAM(
      Stage.POST_TRAIN,
      spec ->
          spec.methodOrPlain().sharpnessRadius() == null
              ? 0
              : spec.methodOrPlain().sharpnessRadius());

  /** What is exposed is left out of post-training when one pass is divided (EDE, 3b). */
  private static final Set<String> DIVIDES_ONE_PASS =
      Set.of("allocation", "post_train.without_first");

  private final Stage stage;
  private final ToDoubleFunction<StageSpec> value;

  Knob(Stage stage, ToDoubleFunction<StageSpec> value) {
    this.stage = stage;
    this.value = value;
  }

  /**
   * The knob's value in a lineage; 0 where it is off.
   *
   * @param pretrain the lineage's first stage
   * @param postTrain its second stage, or null when it has none
   */
  public double of(StageSpec pretrain, StageSpec postTrain) {
    StageSpec spec = stage == Stage.PRETRAIN ? pretrain : postTrain;
    return spec == null ? 0 : value.applyAsDouble(spec);
  }

  /**
   * Whether a swept setting is how a study varies this knob.
   *
   * @param key such as {@code pretrain.exposure}
   */
  public boolean isSetBy(String key) {
    String own = settingKey();
    return key.equals(own)
        || key.startsWith(own + ".")
        || this == EXPOSURE && DIVIDES_ONE_PASS.contains(key);
  }

  /** The key that sets it among the stages, such as {@code pretrain.exposure}. */
  public String settingKey() {
    return (stage == Stage.PRETRAIN ? "pretrain." : "post_train.") + word();
  }

  /** As study files write it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  private enum Stage {
    PRETRAIN,
    POST_TRAIN
  }

  private static double largest(Dropout dropout) {
    return dropout == null
        ? 0
        : DoubleStream.of(
                dropout.embedding(), dropout.attention(), dropout.residual(), dropout.mlp())
            .max()
            .getAsDouble();
  }

  private static double strength(Method.Anchor anchor, boolean fisher) {
    return anchor == null || (anchor.fisher() != null) != fisher ? 0 : anchor.strength();
  }
}
