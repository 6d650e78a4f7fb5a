package io.holdfast.cli.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.task.check.CheckReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python service that ships runs as its folder says, conforms, and keeps its promises. */
class WordNetChoicesTest {

  private static final Path FOLDER = Path.of("../tasks/wordnet-choices");

  @Test
  void runsAndConforms(@TempDir Path scratch) throws Exception {
    assumeThat(RunningTask.pythonIsHere()).as("there is no Python here").isTrue();
    try (RunningTask task = new RunningTask(FOLDER, scratch)) {
      CheckReport.Checked report = task.check();

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).as("no noun is on both sides").isEmpty();
      assertThat(report.description().taskName()).hasToString("wordnet-choices@1");
    }
  }

  @Test
  void itsOwnTestsPass() throws Exception {
    assumeThat(RunningTask.pythonIsHere()).as("there is no Python here").isTrue();
    ProcessBuilder tests =
        new ProcessBuilder("python3", "-B", "-m", "unittest", "-v")
            .directory(FOLDER.toFile())
            .inheritIO();

    assertThat(tests.start().waitFor()).isZero();
  }
}
