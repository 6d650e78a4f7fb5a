package io.holdfast.frontier;

import io.holdfast.kit.security.Roles;
import io.holdfast.kit.testing.TestTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber on a plain socket, so that tests cut it where they like. */
final class EventStream implements AutoCloseable {

  private final Socket socket;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private volatile boolean ended;
  private volatile String status;

  /** One received event. */
  record Event(long id, String type, String data) {}

  private EventStream(Socket socket) {
    this.socket = socket;
  }

  /** Subscribes and reads. */
  static EventStream open(int port, String query, Long lastEventId) throws IOException {
    EventStream stream = new EventStream(request(port, query, lastEventId));
    Thread.ofPlatform().daemon().start(stream::read);
    return stream;
  }

  /** Subscribes and never reads. */
  static Socket openDeaf(int port) throws IOException {
    return request(port, "", null);
  }

  private static Socket request(int port, String query, Long lastEventId) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress("localhost", port));
    String request =
        "GET /api/events%s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(
                query,
                TestTokens.of(Roles.VIEWER),
                lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> comments() {
    return List.copyOf(comments);
  }

  boolean ended() {
    return ended;
  }

  String status() {
    return status;
  }

  /** Reads SSE lines; HTTP headers and chunk sizes have no colon-space field that we know. */
  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      status = lines.readLine();
      Long id = null;
      String type = null;
      String data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = Long.valueOf(line.substring(3).trim());
        } else if (line.startsWith("event:")) {
          type = line.substring(6).trim();
        } else if (line.startsWith("data:")) {
          data = line.substring(5).trim();
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.isEmpty() && data != null) {
          events.add(new Event(id, type, data));
          type = null;
          data = null;
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    } finally {
      ended = true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
