package io.holdfast.cli.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.local.FreePorts;
import io.holdfast.task.check.CheckReport;
import io.holdfast.task.check.TaskCheck;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code task new} writes runs as it is, and conforms. */
class SkeletonTest {

  @ParameterizedTest
  @EnumSource(Skeleton.class)
  void runsAndConforms(Skeleton language, @TempDir Path folder) throws Exception {
    assumeThat(isOnThisMachine(language)).as("there is no Python here").isTrue();
    language.write("sums", folder);
    int port = FreePorts.remembered(folder.resolve("port"));
    URI url = URI.create("http://127.0.0.1:" + port);
    Process service = start(folder, port);
    try (TaskClient client =
        new TaskClient(
            new TaskAccess(List.of("*"), Set.of(AddressKind.LOOPBACK)),
            TaskLimits.DEFAULT,
            Resolver.SYSTEM)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> client.healthy(url) instanceof Outcome.Success);

      CheckReport.Checked report = (CheckReport.Checked) new TaskCheck(client).check(url);

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(report.description().taskName()).hasToString("sums@1");
      assertThat(report.splits())
          .extracting(CheckReport.SplitSummary::lines)
          .containsExactly(45 * 20L, 5 * 20L);
    } finally {
      service.destroy();
      service.waitFor();
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

  private static Process start(Path folder, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Launch.of(folder).command()).directory(folder.toFile()).inheritIO();
    builder.environment().put("PORT", Integer.toString(port));
    return builder.start();
  }

  private static boolean isOnThisMachine(Skeleton language) throws InterruptedException {
    if (language == Skeleton.JAVA) {
      return true;
    }
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
