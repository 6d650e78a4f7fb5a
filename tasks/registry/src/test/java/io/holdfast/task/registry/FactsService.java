package io.holdfast.task.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.contracts.task.TrainingSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A task service on this machine that can be stopped and started again at its address. Its
 * documents depend on the seed alone, so that two versions can have the same.
 */
public final class FactsService implements AutoCloseable {

  private static final List<String> WORDS =
      List.of("river", "harbour", "copper", "meadow", "lantern", "orchard", "granite", "willow");

  private final TaskDescription description;
  private final List<String> documents;
  private final List<String> requests;
  private final AtomicInteger downloads = new AtomicInteger();
  private HttpServer server;
  private int port;

  /** A service that runs. */
  public FactsService(TaskName name, int count, int seed) {
    documents = IntStream.range(0, count).mapToObj(i -> document(i, seed)).toList();
    requests = IntStream.range(0, 20).mapToObj(i -> request(i, seed)).toList();
    description =
        new TaskDescription(
            TaskDescription.PROTOCOL,
            name.name(),
            name.version(),
            "What grows where.",
            "CC0-1.0",
            List.of(
                new TrainingSplit(
                    "train", count, bytes(documents).length, Json.sha256(text(documents)))),
            List.of(
                new EvaluationSplit(
                    "test", requests.size(), bytes(requests).length, Json.sha256(text(requests)))),
            List.of(new TaskMetric("acc", true, TaskMetric.Source.BUILT_IN)),
            null);
    start();
  }

  private static String document(int index, int seed) {
    return Json.write(
        Map.of(
            "text",
            "The %s of plot %d, seed %d, lies beside the %s and below the %s."
                .formatted(word(index), index, seed, word(index / 8), word(index / 64 + seed))));
  }

  private static String request(int index, int seed) {
    return Json.write(
        Map.of(
            "kind",
            "multiple_choice",
            "id",
            "plot-" + index,
            "context",
            "The plot %d, seed %d, has the".formatted(index, seed),
            "choices",
            List.of(" " + word(index), " " + word(index + 1)),
            "answer",
            0));
  }

  private static String word(int index) {
    return WORDS.get(index % WORDS.size());
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public TaskDescription description() {
    return description;
  }

  /** The documents as they are sent. */
  public List<String> documents() {
    return documents;
  }

  /** How often the documents were asked for. */
  public int downloads() {
    return downloads.get();
  }

  /** What it says to whoever listens. */
  public TaskAnnounced announcement(Duration validity) {
    Instant now = Instant.now();
    return new TaskAnnounced(
        description.name(),
        description.version(),
        url().toString(),
        description.sha256(),
        now,
        now.plus(validity));
  }

  /** Starts again where it was. */
  public void start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.createContext("/task", exchange -> send(exchange, Json.write(description)));
    server.createContext("/health", exchange -> send(exchange, ""));
    server.createContext("/requests/test", exchange -> send(exchange, from(exchange, requests)));
    server.createContext(
        "/documents/train",
        exchange -> {
          downloads.incrementAndGet();
          send(exchange, from(exchange, documents));
        });
    server.start();
  }

  /** Nobody answers any more. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }

  private static String from(HttpExchange exchange, List<String> lines) {
    String query = exchange.getRequestURI().getQuery();
    int offset = query == null ? 0 : Integer.parseInt(query.replace("offset=", ""));
    return text(lines.subList(offset, lines.size()));
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static byte[] bytes(List<String> lines) {
    return text(lines).getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean lines = exchange.getRequestURI().getPath().split("/").length > 2;
    exchange
        .getResponseHeaders()
        .add("content-type", lines ? "application/x-ndjson" : "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
