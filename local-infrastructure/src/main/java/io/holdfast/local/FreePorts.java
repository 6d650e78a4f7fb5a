package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports that nobody listens on, and remembers them, so that a restarted system keeps its
 * addresses when it can.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /**
   * A port that was free a moment ago. It lies below the range that Linux takes outgoing
   * connections from, so that no client of the system occupies it before its server listens.
   */
  public static int any() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_EPHEMERAL);
      if (isFree(port)) {
        return port;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Whether nobody listens on the port. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * The port written in {@code file} when it is still free, otherwise a free one, which is then
   * written there.
   */
  public static int remembered(Path file) {
    try {
      if (Files.exists(file)) {
        String text = Files.readString(file).strip();
        if (text.matches("\\d{1,5}") && isFree(Integer.parseInt(text))) {
          return Integer.parseInt(text);
        }
      }
      int port = any();
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, Integer.toString(port));
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remember a port in " + file, e);
    }
  }
}
