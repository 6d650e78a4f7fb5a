package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.MethodSettings.Anchor;
import io.holdfast.contracts.study.StageReader.Declared;
import io.holdfast.contracts.study.StageReader.Pipeline;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what a stage does beyond AdamW on all weights. A zero leaves a method out, so that a sweep
 * can begin with its absence, and then tells no two stages apart.
 */
final class MethodReader {

  static final Map<String, Target> TARGETS =
      Arrays.stream(Target.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  target -> target.name().toLowerCase(Locale.ROOT), Function.identity()));
  static final Map<String, Boolean> OPTIMIZER_STATES = Map.of("reset", false, "carry", true);

  /** EDE §2: projection, MLP and head, not Q/K/V. */
  private static final List<Target> EDE_TARGETS =
      List.of(Target.O_PROJ, Target.GATE_PROJ, Target.UP_PROJ, Target.DOWN_PROJ, Target.LM_HEAD);

  static final Range STRENGTH = Range.closed(0, 1e12);
  private static final Range RADIUS = Range.closed(0, 10);

  private final Section stage;
  private final StageKind kind;
  private final Declared declared;
  private final Pipeline pipeline;
  private final int sequenceLength;

  MethodReader(
      Section stage, StageKind kind, Declared declared, Pipeline pipeline, int sequenceLength) {
    this.stage = stage;
    this.kind = kind;
    this.declared = declared;
    this.pipeline = pipeline;
    this.sequenceLength = sequenceLength;
  }

  /**
   * The method of the stage.
   *
   * @param parents what the stage before it may be; those with problems are left out
   */
  MethodSettings read(List<StageSettings> parents) {
    Optional<Lora> lora = startsFromAStage("lora", Vocabulary.LORA).flatMap(MethodReader::lora);
    Optional<Anchor> ewc = startsFromAStage("ewc", Vocabulary.EWC).flatMap(this::ewc);
    Optional<Anchor> l2 =
        positive("l2_to_init", STRENGTH).map(strength -> new Anchor(strength, null));
    Optional<Double> radius = positive("sam", RADIUS);
    boolean within = stage.flag("document_mask").orElse(false);
    boolean carries = stage.choice("optimizer_state", OPTIMIZER_STATES).orElse(false);
    refuseTogether("lora", lora, "l2_to_init", l2);
    refuseTogether("lora", lora, "ewc", ewc);
    refuseTogether("l2_to_init", l2, "ewc", ewc);
    if (carries) {
      refuseCarrying(lora, parents);
    }
    return new MethodSettings(
        lora.orElse(null), ewc.or(() -> l2).orElse(null), radius.orElse(null), within, carries);
  }

  /** A method that changes a trained model. */
  private Optional<Section> startsFromAStage(String key, Vocabulary vocabulary) {
    if (kind == pipeline.first() && !declared.hasBase() && stage.has(key)) {
      refuseWithoutParent(key);
      return Optional.empty();
    }
    return stage.section(key, vocabulary);
  }

  private Optional<Double> positive(String key, Range range) {
    return stage.number(key, range).stream().boxed().filter(value -> value > 0).findFirst();
  }

  private Optional<Anchor> ewc(Section section) {
    return new FisherReader(kind, declared, pipeline).read(section, sequenceLength);
  }

  private static Optional<Lora> lora(Section section) {
    section.require("rank", "The adapters have no rank.", "Give one, such as rank: 64.");
    OptionalLong rank = section.whole("rank", Range.whole(1, 1 << 20));
    OptionalDouble alpha = section.number("alpha", Range.positive(1e6));
    double dropout = section.number("dropout", Range.BELOW_ONE).orElse(0);
    List<Target> targets = targets(section);
    return rank.isEmpty() || targets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Lora(
                (int) rank.getAsLong(), alpha.orElse(2.0 * rank.getAsLong()), dropout, targets));
  }

  private static List<Target> targets(Section section) {
    if (!section.has("targets")) {
      return EDE_TARGETS;
    }
    List<Target> targets =
        section.names("targets", TARGETS.keySet(), "target").stream().map(TARGETS::get).toList();
    if (section.tree("targets") instanceof Sequence list && list.items().isEmpty()) {
      section.problem("targets", "empty", "No matrix is named.", "Name some, such as [o_proj].");
    }
    return targets;
  }

  private void refuseWithoutParent(String key) {
    stage.problem(
        key,
        "no-stage-before",
        "It needs a trained model, and pretraining starts from random weights.",
        "Use it in post_train or fine_tune, or start from a model: {base: <directory>}.");
  }

  private void refuseTogether(
      String first, Optional<?> hasFirst, String second, Optional<?> hasSecond) {
    if (hasFirst.isPresent() && hasSecond.isPresent()) {
      stage.problem(
          second,
          "conflict",
          "It is given together with %s.".formatted(first),
          first.equals("lora")
              ? "Keep one of the two: adapters leave the weights alone that this would hold."
              : "Keep one of the two: both hold the weights where they were.");
    }
  }

  private void refuseCarrying(Optional<Lora> lora, List<StageSettings> parents) {
    if (kind == pipeline.first() && declared.hasBase()) {
      stage.problem(
          "optimizer_state",
          "no-moments",
          "The stage starts from the base model, which comes without moments.",
          "Use reset.");
    } else if (kind == pipeline.first()) {
      refuseWithoutParent("optimizer_state");
    }
    if (lora.isPresent()) {
      refuseCarrying("Its adapters are new, so they have no moments to go on with.", "lora");
    }
    if (stage.has("early_stopping")) {
      refuseCarrying(
          "It stops early and goes back to its best weights, which its moments would not fit.",
          "early_stopping");
    }
    if (parents.stream().anyMatch(parent -> parent.method().lora() != null)) {
      refuseCarrying("The stage before it trains adapters, whose moments end with it.", "lora");
    }
    if (parents.stream().anyMatch(parent -> parent.earlyStopping() != null)) {
      refuseCarrying(
          "The stage before it stops early and keeps its best weights; the moments are later ones.",
          "early_stopping");
    }
  }

  private void refuseCarrying(String why, String key) {
    stage.problem(
        "optimizer_state", "no-moments", why, "Use reset, or leave %s out.".formatted(key));
  }
}
