package io.holdfast.frontier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one request that frontier-service makes of data-service, over real HTTP: services do not
 * depend on each other, so the real one cannot run here; the end-to-end test has it. Corpora of the
 * sample study are answered with frozen sizes, for a service that shows a token. An embedded corpus
 * called {@code crash} makes it fail, {@code vanish} makes it hang up, and any other is unknown.
 */
public final class DataServiceStandIn implements QuarkusTestResourceLifecycleManager {

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/inspections", this::answer);
    server.start();
    // The live stream's limits are small enough for tests to reach them.
    return Map.of(
        "quarkus.rest-client.data-service.url",
        "http://localhost:" + server.getAddress().getPort(),
        "holdfast.live.kept",
        "1000",
        "holdfast.live.heartbeat",
        "1s",
        "holdfast.live.patience",
        "1s");
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token == null || !token.startsWith("Bearer hf_")) {
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    InspectionRequest request =
        Json.read(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            InspectionRequest.class);
    if (asksFor(request, "vanish")) {
      exchange.close();
      return;
    }
    boolean crash = asksFor(request, "crash");
    byte[] body =
        (crash ? "{\"detail\":\"out of order\"}" : Json.write(inspect(request)))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(crash ? 500 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static boolean asksFor(InspectionRequest request, String embedded) {
    return request.corpora().values().stream().anyMatch(c -> embedded.equals(c.embedded()));
  }

  private static Inspection inspect(InspectionRequest request) {
    Inspection sample = SampleStudy.inspection();
    Map<String, InspectedCorpus> found = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, CorpusDefinition> corpus : request.corpora().entrySet()) {
      InspectedCorpus known = sample.corpora().get(corpus.getValue().embedded());
      if (known != null) {
        found.put(corpus.getKey(), known);
      } else {
        problems.add(
            Problem.at(
                "corpora." + corpus.getKey() + ".embedded",
                "unknown-corpus",
                corpus.getValue().embedded(),
                "There is no embedded corpus of this name.",
                "Use one of prose, metamath, factbook."));
      }
    }
    boolean usable = problems.isEmpty();
    return new Inspection(
        usable ? sample.tokenizer() : null, usable ? sample.vocabSize() : null, found, problems);
  }
}
