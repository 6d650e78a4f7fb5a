package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.study.Lineage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the upstream knobs of points off the specs of their lineages' stages. */
final class KnobReader {

  private final Map<String, StageSpec> specs = new HashMap<>();
  private final Map<Origin, Map<Knob, Double>> knobs = new HashMap<>();

  KnobReader(StudySnapshot study) {
    study.stages().forEach(stage -> specs.put(stage.id(), stage.spec()));
    study
        .lineages()
        .forEach(
            lineage ->
                knobs.computeIfAbsent(
                    new Origin(lineage.recipe(), lineage.seed(), lineage.fineTune()),
                    origin -> knobs(lineage)));
  }

  private record Origin(String recipe, long seed, String fineTune) {}

  private Map<Knob, Double> knobs(Lineage lineage) {
    Map<Knob, Double> values = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      values.put(knob, knob.of(spec(lineage.pretrain()), spec(lineage.postTrain())));
    }
    return values;
  }

  private StageSpec spec(String stageId) {
    return stageId == null ? null : specs.get(stageId);
  }

  List<Trial> trials(List<LineagePoint> points) {
    return points.stream()
        .map(p -> new Trial(p, knobs.get(new Origin(p.recipe(), p.seed(), p.stageId()))))
        .toList();
  }
}
