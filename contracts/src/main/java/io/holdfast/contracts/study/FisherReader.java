package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.MethodSettings.Anchor;
import io.holdfast.contracts.study.MethodSettings.Fisher;
import io.holdfast.contracts.study.StageReader.Declared;
import io.holdfast.contracts.study.StageReader.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ewc}: how strongly it holds, and on which corpus the Fisher is measured. */
final class FisherReader {

  private final StageKind kind;
  private final Declared declared;
  private final Pipeline pipeline;

  /** For a stage that starts from a trained model. */
  FisherReader(StageKind kind, Declared declared, Pipeline pipeline) {
    this.kind = kind;
    this.declared = declared;
    this.pipeline = pipeline;
  }

  /** The anchor; empty when it has no strength, or problems that are reported. */
  Optional<Anchor> read(Section ewc, int sequenceLength) {
    ewc.require("strength", "The penalty has no strength.", "Give one, such as strength: 100.");
    double strength = ewc.number("strength", MethodReader.STRENGTH).orElse(0);
    long tokens =
        ewc.whole("tokens", CorporaReader.TOKENS).orElse(StageReader.DEV_WINDOWS * sequenceLength);
    Optional<String> corpus =
        ewc.has("corpus") ? ewc.name("corpus", declared.names(), "corpus") : held(ewc);
    if (strength == 0 || corpus.isEmpty()) {
      return Optional.empty();
    }
    StudyCorpus measured = declared.corpora().get(corpus.get());
    if (measured != null && measured.definition().dev() == 0) {
      ewc.problem(
          "no-dev-split",
          "Corpus %s holds out nothing to measure on: its dev share is 0.".formatted(corpus.get()),
          "Give corpora.%s a dev share such as 0.05.".formatted(corpus.get()));
    }
    return Optional.of(new Anchor(strength, new Fisher(corpus.get(), tokens)));
  }

  /**
   * What is not to be forgotten: post-training holds the pretraining, fine-tuning the skill. What a
   * base model knows already, only the author can say.
   */
  private Optional<String> held(Section ewc) {
    boolean skill = kind == StageKind.FINE_TUNE && pipeline.hasPostTrain();
    if (kind == StageKind.PRETRAIN || !skill && !pipeline.hasPretrain()) {
      ewc.require(
          "corpus",
          "What the base model was trained on is no corpus of the study.",
          "Say where the Fisher is measured: ewc: {strength: …, corpus: <name>}.");
      return Optional.empty();
    }
    List<Map<String, Double>> mixtures = skill ? pipeline.postTrain() : pipeline.pretrain();
    if (mixtures.size() > 1) {
      problemOfChoice(ewc, skill ? "post_train" : "pretrain");
    }
    return mixtures.size() == 1
        ? Optional.ofNullable(StageReader.heaviest(mixtures.getFirst()))
        : Optional.empty();
  }

  private static void problemOfChoice(Section ewc, String stage) {
    ewc.require(
        "corpus",
        "%s has several corpora to choose from.".formatted(stage),
        "Say where the Fisher is measured: ewc: {strength: …, corpus: <name>}.");
  }
}
