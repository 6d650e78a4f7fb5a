package io.holdfast.frontier;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real browser without a window, steered over its DevTools protocol. */
final class Chromium implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();
  private final Process process;
  private final WebSocket page;

  private Chromium(Process process, Path profile) throws IOException, InterruptedException {
    this.process = process;
    Path address = profile.resolve("DevToolsActivePort");
    await().until(() -> Files.exists(address) && Files.readAllLines(address).size() > 1);
    URI newPage =
        URI.create("http://127.0.0.1:" + Files.readAllLines(address).getFirst() + "/json/new");
    HttpRequest request =
        HttpRequest.newBuilder(newPage).PUT(HttpRequest.BodyPublishers.noBody()).build();
    JsonNode target = Json.mapper().readTree(http.send(request, BodyHandlers.ofString()).body());
    this.page =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(target.path("webSocketDebuggerUrl").asText()), new Answers(asked))
            .join();
  }

  /** Whether this machine has it. */
  static boolean isHere() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts one that knows nothing yet. */
  static Chromium start(Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    PROGRAM.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Chromium(process, profile);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Goes to an address with nothing remembered of earlier ones. */
  void open(String url) {
    ask("Network.clearBrowserCookies", Map.of());
    ask("Page.navigate", Map.of("url", "about:blank"));
    ask("Page.navigate", Map.of("url", url));
  }

  /** What JavaScript in the page comes to, as text. */
  String evaluate(String script) {
    JsonNode answer = ask("Runtime.evaluate", Map.of("expression", "String(" + script + ")"));
    return answer.at("/result/value").asText();
  }

  /** All that the page shows. */
  String text() {
    return evaluate("document.body.innerText");
  }

  @Override
  public void close() {
    page.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private JsonNode ask(String method, Map<String, ?> parameters) {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    page.sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static final class Answers implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonNode>> asked;
    private final StringBuilder message = new StringBuilder();

    Answers(Map<Integer, CompletableFuture<JsonNode>> asked) {
      this.asked = asked;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
      message.append(part);
      if (isLast) {
        JsonNode answer = Json.read(message.toString(), JsonNode.class);
        message.setLength(0);
        CompletableFuture<JsonNode> waiting = asked.remove(answer.path("id").asInt());
        if (waiting != null) {
          waiting.complete(answer.path("result"));
        }
      }
      return WebSocket.Listener.super.onText(socket, part, isLast);
    }
  }
}
