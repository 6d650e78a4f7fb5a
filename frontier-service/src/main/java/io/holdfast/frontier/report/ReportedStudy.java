package io.holdfast.frontier.report;

import io.holdfast.frontier.snapshot.KnobSweep;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.StudySweeps;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * A study with everything that its report and its tables are made of, computed once, so that all of
 * them agree.
 *
 * @param study as it stands
 * @param beside further studies whose sweeps and laws join its own, such as the same at other sizes
 * @param statistics of the study alone, but for claims about laws, which are of all of them
 * @param sweeps of all of them
 */
public record ReportedStudy(
    StudySnapshot study,
    List<StudySnapshot> beside,
    StudyStatistics statistics,
    List<KnobSweep> sweeps) {

  public ReportedStudy {
    beside = List.copyOf(beside);
    sweeps = List.copyOf(sweeps);
  }

  /** Computes everything. */
  public static ReportedStudy of(StudySnapshot study, List<StudySnapshot> beside) {
    return of(study, study.statistics(beside), beside);
  }

  /** Computes everything but the study's statistics, which the caller has already. */
  public static ReportedStudy of(
      StudySnapshot study, StudyStatistics statistics, List<StudySnapshot> beside) {
    return new ReportedStudy(study, beside, statistics, StudySweeps.of(all(study, beside)));
  }

  /** The study first. */
  List<StudySnapshot> all() {
    return all(study, beside);
  }

  private static List<StudySnapshot> all(StudySnapshot study, List<StudySnapshot> beside) {
    return Stream.concat(Stream.of(study), beside.stream()).toList();
  }
}
