package io.holdfast.kit.work;

/** The work was cancelled or belongs to another worker by now; nothing was written. */
public final class LeaseLostException extends RuntimeException {

  LeaseLostException(WorkItem item) {
    super("the lease on %s %s is lost".formatted(item.kind(), item.id()));
  }
}
