package io.holdfast.cli.task;

import io.holdfast.local.FreePorts;
import io.holdfast.task.check.CheckReport;
import io.holdfast.task.check.TaskCheck;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A task service that runs as its folder says. */
public final class RunningTask implements AutoCloseable {

  private final URI url;
  private final Process process;
  private final TaskClient client =
      new TaskClient(
          new TaskAccess(List.of("*"), Set.of(AddressKind.LOOPBACK)),
          TaskLimits.DEFAULT,
          Resolver.SYSTEM,
          Trust.system());

  /**
   * Starts it and waits until it is healthy.
   *
   * @param scratch keeps its port: who starts it there again finds it at the same address
   */
  public RunningTask(Path folder, Path scratch) throws IOException {
    int port = FreePorts.remembered(scratch.resolve("port"));
    this.url = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(Launch.of(folder).command()).directory(folder.toFile()).inheritIO();
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    this.process = builder.start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> client.healthy(url) instanceof Outcome.Success);
  }

  public URI url() {
    return url;
  }

  CheckReport.Checked check() throws InterruptedException {
    return (CheckReport.Checked) new TaskCheck(client).check(url);
  }

  /** Whether there is a Python to run services with. */
  public static boolean pythonIsHere() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    client.close();
    process.destroy();
    process.onExit().join();
  }
}
