package io.holdfast.lm.train;

import io.holdfast.contracts.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it hears. */
final class RecordingListener implements StageListener {

  final List<StageProgress> progress = new ArrayList<>();
  final List<Long> saved = new ArrayList<>();
  final List<Problem> rejected = new ArrayList<>();

  @Override
  public void progressed(StageProgress report) {
    progress.add(report);
  }

  @Override
  public void checkpointSaved(long step, Path directory) {
    saved.add(step);
  }

  @Override
  public void checkpointRejected(Problem problem) {
    rejected.add(problem);
  }
}
