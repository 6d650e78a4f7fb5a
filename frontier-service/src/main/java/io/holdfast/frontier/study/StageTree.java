package io.holdfast.frontier.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study as stages: equal prefixes of lineages are one stage.
 *
 * @param stages by stage id, parents before children, most urgent first
 * @param lineages every point that the study will have, most urgent first
 */
public record StageTree(Map<String, StageNode> stages, List<Lineage> lineages) {

  public StageTree {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    lineages = List.copyOf(lineages);
  }

  /** Stages that no other stage comes before. */
  public List<StageNode> roots() {
    return stages.values().stream().filter(stage -> stage.parent() == null).toList();
  }

  /** Stages that start from this one's checkpoint. */
  public List<StageNode> childrenOf(String stageId) {
    return stages.values().stream().filter(stage -> stageId.equals(stage.parent())).toList();
  }
}
