package io.holdfast.artifact.s3;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The connections of this process, shared by all that it publishes and brings. */
final class Transfers implements AutoCloseable {

  private final ExecutorService threads;

  Transfers(int connections) {
    this.threads =
        Executors.newFixedThreadPool(
            connections, Thread.ofPlatform().name("holdfast-s3-", 0).daemon().factory());
  }

  /** One part of a transfer. */
  @FunctionalInterface
  interface Part {
    void move() throws Exception;
  }

  /** Moves all parts, several at a time; after a failure no further ones are begun. */
  void all(List<Part> parts) {
    AtomicBoolean failed = new AtomicBoolean();
    List<Callable<Void>> calls = parts.stream().map(part -> call(part, failed)).toList();
    try {
      RuntimeException cause = null;
      for (Future<Void> future : threads.invokeAll(calls)) {
        RuntimeException failure = failureOf(future);
        cause = cause == null || cause instanceof CancellationException ? failure : cause;
      }
      if (cause != null) {
        throw cause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while moving artifacts");
    }
  }

  private static Callable<Void> call(Part part, AtomicBoolean failed) {
    return () -> {
      if (failed.get()) {
        throw new CancellationException("another part failed");
      }
      try {
        part.move();
        return null;
      } catch (Exception e) {
        failed.set(true);
        throw e;
      }
    };
  }

  private static RuntimeException failureOf(Future<Void> future) throws InterruptedException {
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
