package io.holdfast.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * The store does not answer, or refuses for reasons that are not the artifact's. Nothing is lost:
 * whatever was wanted can be asked for again, and what was begun goes on from where it was.
 */
public final class StoreAwayException extends UncheckedIOException {

  /** How long work that needs the store waits before it tries again. */
  public static final Duration PAUSE = Duration.ofSeconds(15);

  public StoreAwayException(String message, Exception cause) {
    super(message, cause instanceof IOException io ? io : new IOException(cause));
  }
}
