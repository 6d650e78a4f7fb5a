package io.holdfast.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.contracts.task.ScoreResponse;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A task service in this JVM whose answers are ready before they are asked for. */
final class LoopbackTask implements AutoCloseable {

  private static final String SPLIT = "test";
  private static final String METRIC = "own";

  private final HttpServer server;
  private final byte[] lines;
  private final List<ScoreRequest> batches = new ArrayList<>();
  private final List<byte[]> scores = new ArrayList<>();
  private final TaskDescription description;

  /** Requests as a question about a country has: about 200 bytes each. */
  LoopbackTask(int requests) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < requests; i++) {
      text.append(line(i)).append('\n');
    }
    lines = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < requests; from += ScoreRequest.MAX_RESPONSES) {
      addBatch(from, Math.min(requests, from + ScoreRequest.MAX_RESPONSES));
    }
    description = describe(requests, text.toString());
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/requests/test", e -> send(e, "application/x-ndjson", lines));
    server.createContext("/score", this::score);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  TaskDescription description() {
    return description;
  }

  EvaluationSplit split() {
    return description.evaluation().getFirst();
  }

  /** All answers of a model, as they are posted. */
  List<ScoreRequest> batches() {
    return batches;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void addBatch(int from, int to) {
    List<ScoreRequest.Response> responses = new ArrayList<>();
    List<ScoreResponse.Score> answers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      responses.add(new ScoreRequest.Response(Integer.toString(i), " 3,159 km"));
      answers.add(new ScoreResponse.Score(Integer.toString(i), Map.of(METRIC, 1.0)));
    }
    batches.add(new ScoreRequest(SPLIT, responses));
    scores.add(Json.write(new ScoreResponse(answers)).getBytes(StandardCharsets.UTF_8));
  }

  /** Which batch it is, the first id tells; the rest is read and dropped. */
  private void score(HttpExchange exchange) throws IOException {
    JsonNode asked = Json.mapper().readTree(exchange.getRequestBody());
    int first = Integer.parseInt(asked.at("/requests/0/id").textValue());
    send(exchange, "application/json", scores.get(first / ScoreRequest.MAX_RESPONSES));
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String line(int number) {
    try {
      return Json.mapper()
          .writerFor(EvaluationRequest.class)
          .writeValueAsString(
              new EvaluationRequest.GenerateUntil(
                  Integer.toString(number),
                  "Question: Nepal " + number + ", Land boundaries, total?\nAnswer:",
                  List.of("\n"),
                  32,
                  List.of("3,159 km"),
                  null,
                  null,
                  null,
                  "np"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is serializable", e);
    }
  }

  private static TaskDescription describe(int requests, String text) {
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return new TaskDescription(
        TaskDescription.PROTOCOL,
        "loopback",
        "1",
        "Questions about boundaries.",
        "CC0-1.0",
        List.of(),
        List.of(new EvaluationSplit(SPLIT, requests, bytes, Json.sha256(text))),
        List.of(new TaskMetric(METRIC, true, TaskMetric.Source.SERVICE)),
        null);
  }
}
