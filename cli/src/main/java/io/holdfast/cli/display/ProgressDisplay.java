package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView;

/** Shows a study that runs. */
public sealed interface ProgressDisplay permits LiveTable, LineLog {

  /** The study as it is now; called often. */
  void show(StudyView study);

  /** A sentence that has nothing to do with a stage. */
  void say(String sentence);

  /** From now on nothing more is shown; what is on the screen stays. */
  void end();
}
