package io.holdfast.contracts.study;

import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which weights are made of trained ones to be evaluated. */
final class ProbesReader {

  static final Map<String, Scale> SCALES =
      Map.of("absolute", Scale.ABSOLUTE, "root_mean_square", Scale.ROOT_MEAN_SQUARE);

  private static final Range SHARE =
      new Range(
          BigDecimal.ZERO,
          false,
          BigDecimal.ONE,
          false,
          false,
          "Give a number between 0 and 1; the two ends are evaluated anyway.");

  /** Each is one more evaluation of a checkpoint. */
  private static final int MOST = 1_000;

  private ProbesReader() {}

  /** WiSE-FT's points between a fine-tuned model and the one before it. */
  static List<Interpolated> interpolations(Section evaluation) {
    return different(evaluation, "interpolate", SHARE).stream().map(Interpolated::new).toList();
  }

  /** Every σ with every seed. */
  static List<Noisy> noise(Section evaluation) {
    Optional<Section> given = evaluation.section("weight_noise", Vocabulary.WEIGHT_NOISE);
    if (given.isEmpty()) {
      return List.of();
    }
    Section section = given.get();
    section.require("sigma", "The noise has no strength.", "Give some, such as sigma: [0.01].");
    List<Double> sigmas = different(section, "sigma", Range.positive(1_000));
    long seeds = section.whole("seeds", Range.whole(1, MOST)).orElse(1);
    Scale scale = section.choice("scale", SCALES).orElse(Scale.ABSOLUTE);
    if (sigmas.size() * seeds > MOST) {
      section.problem(
          "too-many-probes",
          "Every checkpoint would be evaluated %d times more.".formatted(sigmas.size() * seeds),
          "Give fewer strengths or seeds, %d together at most.".formatted(MOST));
      return List.of();
    }
    List<Noisy> noise = new ArrayList<>();
    for (double sigma : sigmas) {
      for (long seed = 1; seed <= seeds; seed++) {
        noise.add(new Noisy(scale, sigma, seed));
      }
    }
    return noise;
  }

  private static List<Double> different(Section section, String key, Range range) {
    if (section.tree(key) instanceof Sequence list
        && (list.items().isEmpty() || list.items().size() > MOST)) {
      section.problem(
          key,
          list.items().isEmpty() ? "empty" : "too-many-probes",
          "A list of 1 to %d numbers belongs here.".formatted(MOST),
          "Give some, or leave the key out.");
      return List.of();
    }
    List<Double> numbers =
        section.numbers(key, range).stream().map(BigDecimal::doubleValue).sorted().toList();
    if (new HashSet<>(numbers).size() < numbers.size()) {
      section.problem(key, "duplicate", "A number is given twice.", "Give every number once.");
    }
    return numbers;
  }
}
