package io.holdfast.task.check;

import io.holdfast.contracts.task.TaskSplit;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether several askers at once get what one gets: several pods evaluate on one task. */
final class ConcurrencyCheck {

  private static final int ASKERS = 8;

  private final TaskClient client;
  private final URI base;
  private final Findings findings;

  ConcurrencyCheck(TaskClient client, URI base, Findings findings) {
    this.client = client;
    this.base = base;
    this.findings = findings;
  }

  /** Streams the split several times at once; each stream's hash is checked. */
  void check(TaskSplit split) throws InterruptedException {
    List<Future<Outcome<Long>>> streams = new ArrayList<>();
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ASKERS; i++) {
        streams.add(askers.submit(() -> client.lines(base, split, (number, line) -> {})));
      }
      long failed = 0;
      for (Future<Outcome<Long>> stream : streams) {
        failed += stream.get() instanceof Outcome.Success ? 0 : 1;
      }
      if (failed > 0) {
        findings.add(
            split.path(),
            "task-not-concurrent",
            failed,
            "So many of %d streams at once fail, and one alone does not.".formatted(ASKERS),
            "Serve several requests at once, each from its own position.");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stream's failures are values", e.getCause());
    }
  }
}
