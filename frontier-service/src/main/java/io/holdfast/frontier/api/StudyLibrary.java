package io.holdfast.frontier.api;

import io.holdfast.frontier.persistence.SnapshotStore;
import io.holdfast.frontier.persistence.StudyStore;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.kit.problem.ProblemResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Reads studies for answers, each as it stands at one moment. */
@ApplicationScoped
class StudyLibrary {

  private final SnapshotStore snapshots;
  private final StudyStore studies;

  @Inject
  StudyLibrary(SnapshotStore snapshots, StudyStore studies) {
    this.snapshots = snapshots;
    this.studies = studies;
  }

  /** The study; 404 when there is none. */
  @Transactional
  StudySnapshot get(String id) {
    return snapshots
        .find(id)
        .orElseThrow(
            () ->
                new WebApplicationException(
                    ProblemResponse.of(
                        Response.Status.NOT_FOUND.getStatusCode(),
                        Response.Status.NOT_FOUND.getReasonPhrase(),
                        "urn:holdfast:problem:no-such-study",
                        "There is no study %s. GET /api/studies lists those that there are."
                            .formatted(id),
                        List.of())));
  }

  /** Further studies beside one, each once; 404 when there is none of a name. */
  List<StudySnapshot> beside(String id, List<String> others) {
    return others.stream().distinct().filter(other -> !other.equals(id)).map(this::get).toList();
  }

  /** All studies, newest first. */
  @Transactional
  List<StudySnapshot> all() {
    return studies.newestFirst().stream().map(snapshots::find).flatMap(Optional::stream).toList();
  }
}
