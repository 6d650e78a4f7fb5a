package io.holdfast.cli.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.task.check.CheckReport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code task new} writes runs as it is, and conforms. */
class SkeletonTest {

  @ParameterizedTest
  @EnumSource(Skeleton.class)
  void runsAndConforms(Skeleton language, @TempDir Path folder) throws Exception {
    assumeThat(language == Skeleton.JAVA || RunningTask.pythonIsHere())
        .as("there is no Python here")
        .isTrue();
    language.write("sums", folder);
    try (RunningTask task = new RunningTask(folder, folder)) {
      CheckReport.Checked report = task.check();

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(report.description().taskName()).hasToString("sums@1");
      assertThat(report.splits())
          .extracting(CheckReport.SplitSummary::lines)
          .containsExactly(45 * 20L, 5 * 20L);
    }
  }

  @Test
  void nothingIsWrittenOver(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("README.md"), "mine");

    assertThatThrownBy(() -> Skeleton.PYTHON.write("sums", folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("README.md")).hasContent("mine");
    assertThat(folder.resolve("task.py")).doesNotExist();
  }
}
