package io.holdfast.lm.durable;

import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** Storage refused a write or a read; nothing that was complete before has been harmed. */
public final class StorageException extends RuntimeException {

  private final transient Path path;
  private final transient Problem problem;

  public StorageException(Path path, String action, IOException cause) {
    this(
        path,
        Problem.at(
            path.toString(),
            "storage-failed",
            null,
            "Storage could not %s this path: %s".formatted(action, reason(cause)),
            "Free space, check permissions and the health of the volume, then try again."),
        cause);
  }

  private StorageException(Path path, Problem problem, IOException cause) {
    super(problem.describe(), cause);
    this.path = path;
    this.problem = problem;
  }

  private static String reason(IOException cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /** The file or directory at fault. */
  public Path path() {
    return path;
  }

  public Problem problem() {
    return problem;
  }
}
