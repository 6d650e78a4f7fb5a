package io.holdfast.benchmarks.scale;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers frontier-service's question about a study's corpora, which data-service would. */
final class CorporaStandIn implements AutoCloseable {

  private final HttpServer server;

  CorporaStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] answer = Json.write(ScaleStudy.inspection()).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/api/inspections",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
