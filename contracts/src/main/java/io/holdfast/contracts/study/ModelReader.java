package io.holdfast.contracts.study;

import java.util.Optional;

/** Reads {@code model:}. */
final class ModelReader {

  private static final int LARGEST = 1 << 20;

  static final Range CONTEXT = Range.whole(1, LARGEST);

  private static final double RMS_NORM_EPSILON = 1e-5;

  private final Section section;
  private final ModelDefinition preset;

  private ModelReader(Section section) {
    this.section = section;
    this.preset =
        section
            .name("preset", ModelPresets.ALL.keySet(), "preset")
            .map(ModelPresets.ALL::get)
            .orElse(null);
  }

  static Optional<StudyModel> read(Section section) {
    return section.has("base")
        ? BaseModelReader.read(section)
        : new ModelReader(section).model().map(model -> model);
  }

  /** The longest sequence even of a model with other problems; 0 when that is unknown too. */
  static int context(Section section) {
    if (section.has("base")) {
      return BaseModelReader.context(section);
    }
    ModelDefinition preset = section.text("preset").map(ModelPresets.ALL::get).orElse(null);
    return (int) section.whole("context", CONTEXT).orElse(preset == null ? 0 : preset.context());
  }

  private Optional<ModelDefinition> model() {
    int layers = required("layers", 512, preset == null ? null : preset.layers());
    int hidden = required("hidden", LARGEST, preset == null ? null : preset.hidden());
    int heads = required("heads", LARGEST, preset == null ? null : preset.heads());
    int context = required("context", LARGEST, preset == null ? null : preset.context());
    int ffn = whole("ffn", section.has("hidden") || preset == null ? ffn(hidden) : preset.ffn());
    double ropeTheta = number("rope_theta", 1e12, preset == null ? 10_000 : preset.ropeTheta());
    double epsilon =
        number("rms_norm_epsilon", 1, preset == null ? RMS_NORM_EPSILON : preset.rmsNormEpsilon());
    double initializerRange = number("initializer_range", 10, initializerRange(hidden));
    boolean tied =
        section.flag("tied_embeddings").orElse(preset == null || preset.tiedEmbeddings());
    Optional<Integer> kvHeads = heads == 0 ? Optional.empty() : kvHeads(heads);
    Optional<Integer> headSize =
        hidden == 0 || heads == 0 ? Optional.empty() : headSize(hidden, heads);
    if (layers == 0 || context == 0 || kvHeads.isEmpty() || headSize.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelDefinition(
            layers,
            hidden,
            ffn,
            heads,
            kvHeads.get(),
            headSize.get(),
            context,
            ropeTheta,
            epsilon,
            tied,
            initializerRange,
            preset == null ? null : preset.ropeScaling()));
  }

  private int required(String key, int largest, Integer presetValue) {
    if (presetValue == null && !section.has("preset")) {
      section.require(
          key, "The model has no %s.".formatted(key), "Give %s, or a preset.".formatted(key));
    }
    int fallback = presetValue == null ? 0 : presetValue;
    return (int) section.whole(key, Range.whole(1, largest)).orElse(fallback);
  }

  private int whole(String key, int fallback) {
    return (int) section.whole(key, Range.whole(1, LARGEST)).orElse(fallback);
  }

  private double number(String key, double largest, double fallback) {
    return section.number(key, Range.positive(largest)).orElse(fallback);
  }

  /** Eight thirds of the width, rounded up to a multiple of 8: SmolLM2's and EDE's ratio. */
  private static int ffn(int hidden) {
    return (int) (Math.ceilDiv(8L * hidden, 24L) * 8);
  }

  /** The preset's, unless another width asks for another spread. */
  private double initializerRange(int hidden) {
    if (preset != null && !section.has("hidden")) {
      return preset.initializerRange();
    }
    return hidden == 0 ? 0 : spread(hidden);
  }

  /** SmolLM2's: matrix products then keep the size of what they are given. */
  static double spread(int hidden) {
    return 1 / Math.sqrt(hidden);
  }

  private Optional<Integer> kvHeads(int heads) {
    boolean inherited = preset != null && !section.has("heads");
    int kvHeads = whole("kv_heads", inherited ? preset.kvHeads() : heads);
    if (heads % kvHeads != 0) {
      section.problem(
          "kv_heads",
          "indivisible-heads",
          "The key/value heads do not divide the %d query heads.".formatted(heads),
          "Use a divisor of %d.".formatted(heads));
      return Optional.empty();
    }
    return Optional.of(kvHeads);
  }

  private Optional<Integer> headSize(int hidden, int heads) {
    if (!section.has("head_size") && hidden % heads != 0) {
      section.problem(
          section.has("heads") ? "heads" : "hidden",
          "indivisible-hidden",
          "The hidden size %d is no multiple of the %d heads.".formatted(hidden, heads),
          "Make it a multiple, or give head_size.");
      return Optional.empty();
    }
    int headSize = whole("head_size", hidden / heads);
    if (headSize % 2 != 0) {
      section.problem(
          section.has("head_size") ? "head_size" : section.has("heads") ? "heads" : "hidden",
          "odd-head-size",
          "RoPE rotates pairs of channels, but the head size is %d.".formatted(headSize),
          "Choose hidden and heads so that the head size is even, or give head_size.");
      return Optional.empty();
    }
    return Optional.of(headSize);
  }
}
