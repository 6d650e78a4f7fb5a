package io.holdfast.task.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers whatever bytes a test wants, at whatever speed. */
final class RawServer implements AutoCloseable {

  /** What is done with a request; the connection is closed afterwards. */
  interface Behaviour {
    void answer(String target, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RawServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Targets and Host headers of the requests so far, such as {@code /task tasks.test:80}. */
  List<String> requests() {
    return requests;
  }

  static void head(OutputStream out, int status, String type, String more) throws IOException {
    write(
        out,
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(status, type, more));
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String target = in.readLine().split(" ")[1];
      String host = "";
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        host = line.startsWith("Host: ") ? line.substring(6) : host;
      }
      requests.add(target + " " + host);
      behaviour.answer(target, socket.getOutputStream());
    } catch (SocketException cutByClient) {
      // Which is what a test may want.
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
