package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudySummary;
import io.holdfast.cli.local.SystemFailure;
import java.io.IOException;
import java.util.List;

/** Finds a study that was submitted before. */
final class StudyChoice {

  private StudyChoice() {}

  /** The study with that id, or the newest one with that name. */
  static StudySummary of(Frontier frontier, String named) throws IOException, InterruptedException {
    List<StudySummary> studies = frontier.studies();
    return studies.stream()
        .filter(study -> study.id().equals(named))
        .findFirst()
        .or(() -> studies.stream().filter(study -> study.name().equals(named)).findFirst())
        .orElseThrow(() -> new SystemFailure(unknown(named, studies)));
  }

  private static String unknown(String named, List<StudySummary> studies) {
    return studies.isEmpty()
        ? "There is no study %s, and no other. ./holdfast run studies/quickstart.yaml makes one."
            .formatted(named)
        : "There is no study %s. There are %s."
            .formatted(
                named,
                String.join(", ", studies.stream().map(StudySummary::id).limit(20).toList()));
  }
}
