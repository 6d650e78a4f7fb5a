package io.holdfast.kit.work;

/** The process that performed the work died, or stopped answering, too often. */
public final class WorkerDiedException extends Exception {

  WorkerDiedException(int crashes) {
    super("the worker died %d times without progress in between".formatted(crashes));
  }
}
