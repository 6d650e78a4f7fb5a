package io.holdfast.task.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskDocument;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TrainingSplit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A task service that conforms, but for the faults that a test asks for. */
final class Capitals implements AutoCloseable {

  static {
    // Head and body are two writes, which wait for each other otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String JSON = "application/json";

  private final Set<Fault> faults;
  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger streaming = new AtomicInteger();
  private final List<String> documents = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  Capitals(Fault... faults) throws IOException {
    this.faults = faults.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(faults));
    for (int i = 0; i < 40; i++) {
      documents.add(Json.write(new TaskDocument.Pair("Capital " + i + "?", " " + i, "t" + i)));
    }
    for (int i = 0; i < 20; i++) {
      String id = has(Fault.DUPLICATE_ID) && i == 7 ? "0" : Integer.toString(i);
      List<String> references = has(Fault.NO_REFERENCES) ? List.of() : List.of("" + i);
      requests.add(
          Json.mapper()
              .writerFor(EvaluationRequest.class)
              .writeValueAsString(
                  new EvaluationRequest.GenerateUntil(
                      id,
                      "Ä " + i + "?",
                      List.of("\n"),
                      8,
                      references,
                      null,
                      null,
                      null,
                      "e" + i)));
    }
    if (has(Fault.BROKEN_LINE)) {
      requests.set(3, "{\"kind\":");
    }
    if (has(Fault.KIND_WITHOUT_METRIC)) {
      requests.set(3, "{\"kind\":\"loglikelihood_rolling\",\"id\":\"3\",\"text\":\"a\"}");
    }
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    switch (path) {
      case "/health" -> send(exchange, has(Fault.UNHEALTHY) ? 404 : 200, JSON, "{}");
      case "/task" -> send(exchange, 200, JSON, Json.write(description()));
      case "/documents/train" -> stream(exchange, documents, query);
      case "/requests/test" -> stream(exchange, requests, query);
      case "/score" -> score(exchange);
      default -> {
        if (has(Fault.UNKNOWN_SPLIT_EMPTY)) {
          send(exchange, 200, "application/x-ndjson", "");
        } else {
          refuse(exchange, 404);
        }
      }
    }
  }

  private TaskDescription description() {
    String train = text(documents);
    String test = text(requests);
    List<TaskMetric> metrics = new ArrayList<>();
    metrics.add(new TaskMetric("exact_match", true, TaskMetric.Source.BUILT_IN));
    metrics.add(new TaskMetric("own", true, TaskMetric.Source.SERVICE));
    if (has(Fault.METRIC_WITHOUT_REQUESTS)) {
      metrics.add(new TaskMetric("acc", true, TaskMetric.Source.BUILT_IN));
    }
    String changing = has(Fault.DESCRIPTION_CHANGES) ? " " + calls.incrementAndGet() : "";
    return new TaskDescription(
        TaskDescription.PROTOCOL,
        "capitals",
        "1",
        "Capitals." + changing,
        "CC0-1.0",
        List.of(
            new TrainingSplit(
                "train",
                has(Fault.FEWER_DOCUMENTS) ? documents.size() + 1 : documents.size(),
                bytes(train) + (has(Fault.FEWER_DOCUMENTS) ? 10 : 0),
                has(Fault.OTHER_HASH) ? "0".repeat(64) : Json.sha256(train))),
        List.of(new EvaluationSplit("test", requests.size(), bytes(test), Json.sha256(test))),
        metrics,
        "train");
  }

  private void stream(HttpExchange exchange, List<String> lines, String query) throws IOException {
    boolean alone = streaming.incrementAndGet() == 1;
    try {
      Thread.sleep(has(Fault.ONE_AT_A_TIME) ? 50 : 0);
      if (!alone && has(Fault.ONE_AT_A_TIME)) {
        send(exchange, 409, JSON, "{\"problems\": []}");
        return;
      }
      send(lines, exchange, offset(query));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streaming.decrementAndGet();
    }
  }

  private void send(List<String> lines, HttpExchange exchange, int offset) throws IOException {
    boolean refused = offset > lines.size() || (offset == lines.size() && has(Fault.END_REFUSED));
    if (offset < 0 || refused) {
      refuse(exchange, 400);
      return;
    }
    int from = has(Fault.OFFSET_IGNORED) ? 0 : offset;
    if (has(Fault.OFFSET_FROM_ONE)) {
      from = Math.max(0, offset - 1);
    }
    String type = has(Fault.WRONG_CONTENT_TYPE) ? "text/plain" : "application/x-ndjson";
    send(exchange, 200, type, text(lines.subList(from, lines.size())));
  }

  private int offset(String query) {
    String value = query == null ? "0" : query.replace("offset=", "");
    boolean number = value.matches("[0-9]+");
    return number ? Integer.parseInt(value) : has(Fault.BAD_OFFSET_TAKEN) ? 0 : -1;
  }

  private void score(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode asked;
    try {
      asked = Json.read(body, JsonNode.class).path("requests");
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400);
      return;
    }
    List<Map<String, Object>> scores = new ArrayList<>();
    int call = calls.incrementAndGet();
    for (JsonNode each : asked) {
      String id = each.path("id").asText();
      if (!id.matches("[0-9]+") && !has(Fault.UNKNOWN_ID_SCORED)) {
        refuse(exchange, 400);
        return;
      }
      double value = each.path("response").asText().equals(id) ? 1 : 0;
      value = has(Fault.SCORE_BY_BATCH) ? asked.size() : value;
      value = has(Fault.SCORE_BY_CALL) ? call : value;
      String metric = has(Fault.SCORE_UNKNOWN_METRIC) ? "other" : "own";
      scores.add(Map.of("id", id, "metrics", Map.of(metric, value)));
    }
    if (has(Fault.SCORE_MISSING) && scores.size() > 1) {
      scores.removeFirst();
    }
    send(exchange, 200, JSON, Json.write(Map.of("scores", scores)));
  }

  private void refuse(HttpExchange exchange, int status) throws IOException {
    send(
        exchange,
        status,
        JSON,
        has(Fault.REFUSAL_UNEXPLAINED)
            ? "no"
            : "{\"problems\": [{\"code\": \"a\", \"path\": \"b\", \"message\": \"c\", \"remedy\": \"d\"}]}");
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private boolean has(Fault fault) {
    return faults.contains(fault);
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
