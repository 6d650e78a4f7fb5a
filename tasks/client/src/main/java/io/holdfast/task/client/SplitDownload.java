package io.holdfast.task.client;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a split into a file, going on where an earlier try was cut. */
final class SplitDownload {

  /** Brings the lines that are missing. */
  interface Stream {
    Outcome<Long> take(SplitHash taken, LineSink sink) throws InterruptedException;
  }

  private final TaskSplit split;
  private final Path file;
  private final int maxLineBytes;
  private final Stream stream;

  SplitDownload(TaskSplit split, Path file, int maxLineBytes, Stream stream) {
    this.split = split;
    this.file = file;
    this.maxLineBytes = maxLineBytes;
    this.stream = stream;
  }

  Outcome<Path> into() throws IOException, InterruptedException {
    if (Files.exists(file) && SplitFile.matches(file, split)) {
      return Outcome.success(file);
    }
    boolean first = true;
    while (true) {
      try (SplitFile part = new SplitFile(file, split, maxLineBytes)) {
        boolean resumed = part.taken().lines() > 0;
        Outcome<Long> outcome = stream.take(part.taken(), (number, line) -> part.append(line));
        if (outcome instanceof Outcome.Success) {
          part.complete();
          return Outcome.success(file);
        }
        if (outcome instanceof Outcome.Violation) {
          part.discard();
        }
        // What an earlier try left may be to blame, not the service.
        boolean again = first && resumed && isWrongHash(outcome);
        if (!again) {
          return outcome.then(lines -> Outcome.success(file));
        }
        first = false;
      }
    }
  }

  private static boolean isWrongHash(Outcome<Long> outcome) {
    return outcome instanceof Outcome.Violation<Long>(var problems)
        && problems.stream().map(Problem::code).anyMatch("task-wrong-hash"::equals);
  }
}
