package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.study.Lineage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** D_post of every lineage: which part of which corpora it post-trains on, and how large it is. */
final class PostTrainingData {

  private final StudySnapshot study;
  private final Map<String, StageSpec> specs = new HashMap<>();
  private final Map<String, List<Part>> byFineTuning = new HashMap<>();

  PostTrainingData(StudySnapshot study) {
    this.study = study;
    study.stages().forEach(stage -> specs.put(stage.id(), stage.spec()));
    for (Lineage lineage : study.lineages()) {
      byFineTuning.computeIfAbsent(lineage.fineTune(), id -> of(lineage));
    }
  }

  /** The parts, in a fixed order. */
  List<Part> of(Trial trial) {
    return byFineTuning.get(trial.point().stageId());
  }

  /** The post-training corpora of a lineage; without stage 2 what pretraining sees of them. */
  private List<Part> of(Lineage lineage) {
    Stream<Part> parts =
        lineage.postTrain() != null
            ? mixture(lineage.postTrain()).base().stream().map(MixtureSpec.Source::part)
            : lineage.pretrain() != null
                ? mixture(lineage.pretrain()).exposures().stream().map(MixtureSpec.Exposure::part)
                : Stream.of();
    return parts
        .map(part -> new Part(part.corpus(), part.limitTokens()))
        .distinct()
        .sorted(Comparator.comparing(Part::corpus))
        .toList();
  }

  private MixtureSpec mixture(String stageId) {
    return specs.get(stageId).mixture();
  }

  /** |D_post|: their distinct tokens. */
  long tokens(List<Part> parts) {
    return parts.stream().mapToLong(this::tokens).sum();
  }

  private long tokens(Part part) {
    if (part.limitTokens() != null) {
      return part.limitTokens();
    }
    return study.corpora().stream()
        .filter(corpus -> corpus.found().id().equals(part.corpus()))
        .map(corpus -> corpus.found().train().tokens())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0L);
  }
}
