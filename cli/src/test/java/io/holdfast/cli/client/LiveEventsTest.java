package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real HTTP server, which cuts its streams at arbitrary bytes. */
@Timeout(60)
class LiveEventsTest {

  private static final int EVENTS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String TOKEN = "hf_a-token";

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/events", this::sendSomeThenCut);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyEventArrivesOnceAndInOrderOverCutConnections() throws InterruptedException {
    URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    List<String> received = new ArrayList<>();
    try (Frontier frontier = new Frontier(api, TOKEN, Trust.system());
        LiveEvents events = frontier.follow("a-study")) {
      while (received.size() < EVENTS) {
        LiveEvents.Event event = events.poll(LIMIT);
        assertThat(event).as("after %d events, seed %d", received.size(), seed).isNotNull();
        if (!event.type().equals("resync")) {
          assertThat(event.type()).isEqualTo("stage");
          received.add(event.data());
        }
      }
    }
    List<String> expected = new ArrayList<>();
    for (int id = 1; id <= EVENTS; id++) {
      expected.add(data(id));
    }
    assertThat(received).as("seed %d", seed).isEqualTo(expected);
  }

  /** Goes on behind Last-Event-ID, and stops in the middle of whatever comes. */
  private void sendSomeThenCut(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    int next = last == null ? 1 : Integer.parseInt(last) + 1;
    StringBuilder stream = new StringBuilder(": hello\n\n");
    for (int id = next; id <= EVENTS; id++) {
      stream.append("id: ").append(id).append("\nevent: stage\n");
      data(id).lines().forEach(line -> stream.append("data: ").append(line).append('\n'));
      stream.append('\n');
    }
    byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
    int cut = Math.min(bytes.length, 1000 + random.nextInt(4000));
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes, 0, cut);
    }
  }

  private static String data(int id) {
    return "{\"stage_id\": \"größe-" + id + "\",\n \"attempt\": " + id + "}";
  }
}
