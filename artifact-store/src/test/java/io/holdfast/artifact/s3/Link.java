package io.holdfast.artifact.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A connection to a server that counts what goes through, and can be cut. */
final class Link implements AutoCloseable {

  private final ServerSocket entry;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong up = new AtomicLong();
  private final AtomicLong down = new AtomicLong();
  private volatile long maxUp = Long.MAX_VALUE;
  private volatile long maxDown = Long.MAX_VALUE;
  private volatile boolean broken;

  Link(int target) throws IOException {
    this.target = target;
    this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return S3Server.at(entry.getLocalPort());
  }

  /** Bytes that came from the server since the link was whole. */
  long down() {
    return down.get();
  }

  /** Bytes that went to the server since the link was whole. */
  long up() {
    return up.get();
  }

  /** Breaks once so many more bytes have gone to the server. */
  void breakAfterUp(long bytes) {
    maxUp = up.get() + bytes;
  }

  /** Breaks once so many more bytes have come from the server. */
  void breakAfterDown(long bytes) {
    maxDown = down.get() + bytes;
  }

  /** Is cut now. */
  void cut() {
    broken = true;
    sockets.forEach(Link::close);
    sockets.clear();
  }

  boolean isCut() {
    return broken;
  }

  /** Is whole again, and counts anew. */
  void mend() {
    maxUp = Long.MAX_VALUE;
    maxDown = Long.MAX_VALUE;
    up.set(0);
    down.set(0);
    broken = false;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        if (broken) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(client, server, true));
        Thread.ofVirtual().start(() -> pump(server, client, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean upwards) {
    byte[] buffer = new byte[1 << 14];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        long total = (upwards ? up : down).addAndGet(count);
        if (total > (upwards ? maxUp : maxDown)) {
          cut();
          return;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException ended) {
      // Either end may close at any time.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }
}
