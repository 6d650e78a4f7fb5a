package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.recommendation.Price;
import io.holdfast.frontier.recommendation.Prices;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.study.Lineage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a study's stages cost: as trained where they are, as planned where they are not. */
public final class StudyPrices implements Prices {

  private final Map<String, StageSnapshot> stages = new HashMap<>();
  private final Map<Origin, List<String>> upstream = new HashMap<>();

  private record Origin(String recipe, long seed, String fineTune) {}

  private StudyPrices(StudySnapshot study) {
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
    for (Lineage lineage : study.lineages()) {
      upstream.put(
          new Origin(lineage.recipe(), lineage.seed(), lineage.fineTune()),
          Stream.of(lineage.pretrain(), lineage.postTrain()).filter(Objects::nonNull).toList());
    }
  }

  /** Prices of a study's points. */
  public static StudyPrices of(StudySnapshot study) {
    return new StudyPrices(study);
  }

  @Override
  public Price upstream(LineagePoint point) {
    return upstream.get(new Origin(point.recipe(), point.seed(), point.stageId())).stream()
        .map(this::stage)
        .reduce(Price.NOTHING, Price::plus);
  }

  @Override
  public Price fineTuning(LineagePoint point) {
    return stage(point.stageId());
  }

  private Price stage(String id) {
    StageSnapshot stage = stages.get(id);
    return new Price(
        stage.totalTokens(),
        stage.completion() == null ? stage.planned().flops() : stage.completion().flops());
  }
}
