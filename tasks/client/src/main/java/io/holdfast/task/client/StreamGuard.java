package io.holdfast.task.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads a body under limits of time: closes it, which ends a read that waits, when too little came
 * within the patience or the whole takes too long.
 */
final class StreamGuard implements AutoCloseable {

  private final InputStream body;
  private final long minBytes;
  private final Future<?> onPatience;
  private final Future<?> onLimit;
  private volatile long received;
  private volatile boolean cut;
  private long receivedBefore;

  /**
   * Watches from now on.
   *
   * @param patience at least {@code minBytes} must come in each such time
   * @param limit for the whole body
   */
  StreamGuard(
      InputStream body,
      ScheduledExecutorService clock,
      Duration patience,
      long minBytes,
      Duration limit) {
    this.body = body;
    this.minBytes = minBytes;
    this.onPatience =
        clock.scheduleAtFixedRate(
            this::look, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
    this.onLimit = clock.schedule(this::cut, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Reads some bytes, as {@link InputStream#read(byte[])}.
   *
   * @throws IOException when the connection breaks or the guard cut it
   */
  int read(byte[] buffer) throws IOException {
    try {
      int count = body.read(buffer);
      if (cut) {
        throw new IOException("the service is too slow");
      }
      received += Math.max(count, 0);
      return count;
    } catch (IOException e) {
      throw cut ? new IOException("the service is too slow", e) : e;
    }
  }

  @Override
  public void close() {
    onPatience.cancel(false);
    onLimit.cancel(false);
    closeBody();
  }

  private void look() {
    long now = received;
    if (now - receivedBefore < minBytes) {
      cut();
    }
    receivedBefore = now;
  }

  private void cut() {
    cut = true;
    closeBody();
  }

  private void closeBody() {
    try {
      body.close();
    } catch (IOException gone) {
      // Nothing more is read from it.
    }
  }
}
