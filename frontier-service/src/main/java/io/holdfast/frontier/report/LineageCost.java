package io.holdfast.frontier.report;

import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.study.Lineage;
import java.util.List;
import java.util.OptionalDouble;

/** What lineages cost to train. */
record LineageCost(StudySnapshot study) {

  /** Mean trained tokens before fine-tuning over the recipe's fully trained lineages. */
  OptionalDouble upstreamTokens(String recipe) {
    return study.lineages().stream()
        .filter(lineage -> lineage.recipe().equals(recipe))
        .map(this::upstream)
        .filter(stages -> stages.stream().allMatch(stage -> stage.completion() != null))
        .mapToLong(stages -> stages.stream().mapToLong(s -> s.completion().tokens()).sum())
        .average();
  }

  private List<StageSnapshot> upstream(Lineage lineage) {
    return lineage.stages().stream()
        .filter(id -> !id.equals(lineage.fineTune()))
        .map(study::stage)
        .toList();
  }
}
