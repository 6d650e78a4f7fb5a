package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageReader.Pipeline;
import io.holdfast.contracts.study.StageSettings.Exposure;
import io.holdfast.contracts.study.StageSettings.Replay;
import io.holdfast.contracts.study.source.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is mixed into a stage beside its own corpora: exposure and replay. */
final class MixedDataReader {

  static final Map<String, ExposureMode> MODES =
      Map.of("add", ExposureMode.ADD, "replace", ExposureMode.REPLACE);

  private final Section stage;
  private final List<String> names;
  private final Pipeline pipeline;
  private final Problems problems;

  /** Reads from a stage of a pipeline; {@code names} are those of the declared corpora. */
  MixedDataReader(Section stage, List<String> names, Pipeline pipeline, Problems problems) {
    this.stage = stage;
    this.names = names;
    this.pipeline = pipeline;
    this.problems = problems;
  }

  Optional<Exposure> exposure() {
    Optional<Section> given = stage.section("exposure", Vocabulary.EXPOSURE);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Section section = given.get();
    section.require("fraction", "The exposure has no fraction.", "Give fraction from 0 to 1.");
    double fraction = section.number("fraction", Range.UNIT).orElse(0);
    ExposureMode mode = section.choice("mode", MODES).orElse(ExposureMode.ADD);
    double from = section.number("from", Range.UNIT).orElse(0);
    double until = section.number("until", Range.UNIT).orElse(1);
    if (from >= until) {
      section.problem(
          section.has("until") ? "until" : "from",
          "out-of-range",
          "The exposure ends before it starts.",
          "Make from smaller than until.");
      return Optional.empty();
    }
    List<String> corpora =
        section.has("corpus")
            ? section.name("corpus", names, "corpus").stream().toList()
            : List.copyOf(
                fallback(
                        section,
                        pipeline.postTrain(),
                        pipeline.hasPostTrain(),
                        "post_train",
                        "exposed")
                    .keySet());
    return fraction == 0 || corpora.isEmpty()
        ? Optional.empty()
        : Optional.of(new Exposure(fraction, corpora, mode, from, until));
  }

  Optional<Replay> replay(StageKind kind) {
    Optional<Section> given = stage.section("replay", Vocabulary.REPLAY);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Section section = given.get();
    section.require(
        "fraction", "The replay has no fraction.", "Give the replayed share, such as 0.01.");
    double fraction = section.number("fraction", Range.BELOW_ONE).orElse(0);
    Map<String, Double> corpora = Map.of();
    if (section.has("corpus")) {
      corpora = section.name("corpus", names, "corpus").map(StageReader::only).orElse(corpora);
    } else if (kind == StageKind.FINE_TUNE && pipeline.hasPostTrain() && !pipeline.hasPretrain()) {
      corpora = fallback(section, pipeline.postTrain(), true, "post_train", "replayed");
    } else if (kind == StageKind.FINE_TUNE && pipeline.hasPostTrain()) {
      problems.missing(
          section.place("corpus"),
          "Fine-tuning can replay the pretraining or the post-training data.",
          "Say which: replay: {fraction: 0.01, corpus: <name>}.");
    } else {
      corpora =
          fallback(section, pipeline.pretrain(), pipeline.hasPretrain(), "pretrain", "replayed");
    }
    return fraction == 0 || corpora.isEmpty()
        ? Optional.empty()
        : Optional.of(new Replay(fraction, corpora));
  }

  /** Corpora of another stage. Nothing is reported when that stage has problems of its own. */
  private Map<String, Double> fallback(
      Section section,
      List<Map<String, Double>> mixtures,
      boolean described,
      String stage,
      String what) {
    if (mixtures.size() == 1) {
      return mixtures.getFirst();
    }
    if (!described || mixtures.size() > 1) {
      problems.missing(
          section.place("corpus"),
          described
              ? "%s has several corpora to choose from.".formatted(stage)
              : "The study has no %s stage whose corpus could be %s.".formatted(stage, what),
          "Say which is %s: {fraction: …, corpus: <name>}.".formatted(what));
    }
    return Map.of();
  }
}
