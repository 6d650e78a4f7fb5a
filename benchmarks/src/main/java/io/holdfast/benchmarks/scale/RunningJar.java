package io.holdfast.benchmarks.scale;

import io.holdfast.local.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Quarkus application of this build as a process of its own. */
final class RunningJar implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final String TOKEN = "hf_only-for-benchmarks-on-this-machine";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Process process;
  private final URI address;

  private RunningJar(String name, Process process, URI address) {
    this.name = name;
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it; what it says goes to a log file.
   *
   * @param module folder of the build
   * @param logs folder of the log
   */
  static RunningJar start(
      String name, String module, int heapMegabytes, Map<String, String> properties, Path logs) {
    Path jar = Path.of(module, "target/quarkus-app/quarkus-run.jar");
    int port = FreePorts.any();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC"));
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dholdfast.security.token=" + TOKEN);
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(logs.resolve(name + ".log").toFile())
              .start();
      return new RunningJar(name, process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks until it is ready. */
  void awaitReady() {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(name + " did not start; see its log");
      }
      pause(Duration.ofMillis(200));
    }
  }

  /** Body of an answer. */
  String get(String path) throws IOException {
    return send(request(path).build());
  }

  /** Body of the answer. */
  String post(String path, String type, String body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + TOKEN);
  }

  /** Processor time since its start. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private boolean isReady() {
    try {
      get("/q/health/ready");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Lets time pass between two measurements, or two questions whether it is ready. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
