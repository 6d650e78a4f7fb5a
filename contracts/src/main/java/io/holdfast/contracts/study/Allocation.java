package io.holdfast.contracts.study;

import io.holdfast.contracts.study.StageVariant.Setting;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Quantity;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EDE's experiment 3b: the share λ of the post-training documents in pretraining, and exactly the
 * others in post-training, one pass in all. With λ = 1 nothing is left to post-train on, so that
 * stage is left out.
 *
 * @param lambda λ as written, or null for no allocation
 * @param swept tells it from its siblings; empty when it has none
 */
record Allocation(Scalar lambda, List<Setting> swept) {

  static final Allocation NONE = new Allocation(null, List.of());

  /** Every allocation of a recipe; {@link #NONE} when it does not mention any. */
  static List<Allocation> read(Tree tree, Problems problems) {
    if (tree == null || tree.isNull()) {
      return List.of(NONE);
    }
    List<Tree> items = tree instanceof Sequence list ? list.items() : List.of(tree);
    List<Allocation> read = new ArrayList<>();
    for (Tree item : items) {
      lambda(item, problems)
          .ifPresent(
              lambda ->
                  read.add(
                      new Allocation(
                          (Scalar) item,
                          items.size() == 1
                              ? List.of()
                              : List.of(new Setting("allocation", Quantity.spell(lambda))))));
    }
    if (items.isEmpty()) {
      problems.at(tree, "empty", "A sweep without values.", "Give at least one value.");
    } else if (read.stream().map(Allocation::swept).distinct().count() < read.size()) {
      problems.at(tree, "duplicate", "A value is swept twice.", "List every value once.");
    }
    // Beside a wrong value, the stages are still read as those of an allocation.
    return read.isEmpty()
        ? List.of(new Allocation(new Scalar(tree.place(), "0", false), List.of()))
        : read;
  }

  private static Optional<BigDecimal> lambda(Tree item, Problems problems) {
    Optional<BigDecimal> lambda =
        item instanceof Scalar scalar
            ? Quantity.parse(scalar.text()).filter(Range.UNIT::contains)
            : Optional.empty();
    if (lambda.isEmpty()) {
      problems.at(
          item,
          "out-of-range",
          "An allocation is the share of the post-training documents that pretraining gets.",
          Range.UNIT.remedy());
    }
    return lambda;
  }

  private double value() {
    return Quantity.parse(lambda.text()).orElseThrow().doubleValue();
  }

  /** Whether nothing is left for post-training. */
  boolean skipsPostTraining() {
    return lambda != null && value() == 1;
  }

  /** The pretraining stage with its share exposed. */
  Mapping pretrain(Mapping stage, Problems problems) {
    if (lambda == null) {
      return stage;
    }
    if (stage.get("exposure") instanceof Sequence) {
      refuse(stage, "exposure", "The allocation says how much is exposed.", problems);
    }
    Mapping exposure =
        stage.get("exposure") instanceof Mapping given
            ? given
            : new Mapping(lambda.place(), Map.of());
    refuse(exposure, "fraction", "The allocation says how much is exposed.", problems);
    refuse(exposure, "corpus", "The allocation is of the post-training corpus.", problems);
    return stage.with("exposure", exposure.with("fraction", lambda));
  }

  /** The post-training stage, one pass over what is left. */
  Mapping postTrain(Mapping stage, Problems problems) {
    if (lambda == null) {
      return stage;
    }
    String onePass = "An allocation is one pass over the post-training corpus in all.";
    if (!isOne(stage.get("epochs"))) {
      refuse(stage, "epochs", onePass, problems);
    }
    refuse(stage, "tokens", onePass, problems);
    refuse(stage, "flops", onePass, problems);
    refuse(stage, "early_stopping", onePass, problems);
    refuse(stage, "without_first", "The allocation says what is left out.", problems);
    refuse(stage, "corpora", "An allocation divides a single corpus.", problems);
    Scalar one = new Scalar(lambda.place(), "1", false);
    return stage.with("without_first", lambda).with("epochs", one);
  }

  private static boolean isOne(Tree epochs) {
    return epochs instanceof Scalar scalar
        && Quantity.parse(scalar.text()).filter(n -> n.compareTo(BigDecimal.ONE) == 0).isPresent();
  }

  private static void refuse(Mapping stage, String key, String why, Problems problems) {
    Tree value = stage.get(key);
    if (value != null && !value.isNull()) {
      problems.at(value, "conflict", why, "Leave %s out, or the allocation.".formatted(key));
    }
  }
}
