package io.holdfast.frontier.api;

import io.holdfast.frontier.snapshot.PerRevision;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import jakarta.enterprise.context.ApplicationScoped;

/** Statistics of studies, which take seconds for a large one: once for each revision. */
@ApplicationScoped
class KnownStatistics {

  private final PerRevision<StudyStatistics> statistics =
      new PerRevision<>(StudySnapshot::statistics);

  StudyStatistics of(StudySnapshot study) {
    return statistics.of(study);
  }
}
