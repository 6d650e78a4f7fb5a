package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.lm.program.LibTorch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One side of a comparison in a process of its own, so that nothing that ran before is warm. Both
 * sides get the same threads and the same allocator settings. A side prints one line of JSON.
 */
final class FreshProcess {

  /** Large blocks stay with the allocator instead of going back to the kernel every step. */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "8589934592",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "67108864");

  private FreshProcess() {}

  /** Runs a main class of this class path. */
  static JsonNode java(Class<?> main, int threads, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // The class path has the services' log manager, which complains when it comes late.
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return run(command, threads, Map.of());
  }

  /**
   * Runs a Python script.
   *
   * @param environment settings of this side alone
   */
  static JsonNode python(
      String python,
      Path script,
      int threads,
      List<String> arguments,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--threads", Integer.toString(threads)));
    return run(command, threads, environment);
  }

  private static JsonNode run(List<String> command, int threads, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    String count = Integer.toString(threads);
    builder.environment().putAll(MALLOC);
    builder.environment().put("OMP_NUM_THREADS", count);
    builder.environment().put("OPENBLAS_NUM_THREADS", count);
    builder.environment().put(LibTorch.THREADS_VARIABLE, count);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "ended with status %d: %s".formatted(status, String.join(" ", command)));
      }
      return Json.mapper().readTree(output);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run or understand " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The median of a list of numbers in a side's line. */
  static double median(JsonNode line, String field) {
    List<Double> values = new ArrayList<>();
    line.required(field).forEach(value -> values.add(value.doubleValue()));
    return Spread.of(values).median();
  }
}
