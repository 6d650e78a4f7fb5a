package io.holdfast.frontier.replica;

import io.holdfast.frontier.lifecycle.StudyRecord;
import io.holdfast.frontier.study.Lineage;
import java.util.List;

/**
 * A study and what never changes of it after its submission.
 *
 * @param record where it stands and what it wants
 * @param recipes names in the study's order
 * @param lineages every point that it will have
 */
public record WantedStudy(StudyRecord record, List<String> recipes, List<Lineage> lineages) {
  public WantedStudy {
    recipes = List.copyOf(recipes);
    lineages = List.copyOf(lineages);
  }
}
