package io.holdfast.frontier.api;

import io.holdfast.frontier.snapshot.PerRevision;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Statistics of studies, which take seconds for a large one: once for each revision. */
@ApplicationScoped
class KnownStatistics {

  private final PerRevision<StudyStatistics> statistics =
      new PerRevision<>(StudySnapshot::statistics);

  StudyStatistics of(StudySnapshot study) {
    return statistics.of(study);
  }

  /** With further studies beside it, whose runs its laws may need; then they are not kept. */
  StudyStatistics of(StudySnapshot study, List<StudySnapshot> beside) {
    return beside.isEmpty() || !study.claimsLaws()
        ? statistics.of(study)
        : study.statistics(beside);
  }
}
