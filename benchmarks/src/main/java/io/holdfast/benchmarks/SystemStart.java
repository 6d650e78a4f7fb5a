package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the whole local system in an empty home and stops it, then once more in the home that is
 * left, and says how long it took until every service was ready and how much memory the processes
 * hold. Memory is the proportional set size: a page that n processes share counts 1/n in each, so
 * that the sum is what the machine really spends.
 */
@Command(
    name = "startup",
    mixinStandardHelpOptions = true,
    description = "Start-up time and memory of the whole local system.")
final class SystemStart implements Runnable {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--trainers", defaultValue = "2")
  int trainers;

  @Override
  public void run() {
    List<Double> empty = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    Map<String, List<Double>> memory = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      Path home = newHome();
      try {
        empty.add(up(home));
        down(home);
        again.add(up(home));
        measure(home, memory);
      } finally {
        down(home);
        delete(home);
      }
    }
    System.out.println("| start | s |\n|---|---|");
    System.out.printf("| in an empty home | %s |%n", Spread.of(empty).format("%.1f"));
    System.out.printf("| in a home that was used | %s |%n", Spread.of(again).format("%.1f"));
    System.out.println("\n| memory after the start | MB |\n|---|---|");
    memory.forEach(
        (process, values) ->
            System.out.printf("| %s | %s |%n", process, Spread.of(values).format("%.0f")));
  }

  /** Seconds until everything is ready. */
  private double up(Path home) {
    long start = System.nanoTime();
    holdfast("up", "--home", home.toString(), "--trainers", "" + trainers);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void down(Path home) {
    holdfast("down", "--home", home.toString());
  }

  private static void holdfast(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./holdfast"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      process.getErrorStream().transferTo(System.err);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void measure(Path home, Map<String, List<Double>> memory) {
    JsonNode state = read(home.resolve("runner.json"));
    long runner = state.required("pid").longValue();
    double all = megabytes(runner);
    add(memory, "command line with the Kafka broker", all);
    for (JsonNode service : state.required("services")) {
      double held = megabytes(service.required("pid").longValue());
      all += held;
      add(memory, service.required("name").textValue(), held);
    }
    ProcessHandle postmaster = ProcessHandle.of(postmaster(home)).orElseThrow();
    double postgres = megabytes(postmaster.pid());
    for (ProcessHandle child : postmaster.descendants().toList()) {
      postgres += megabytes(child.pid());
    }
    add(memory, "PostgreSQL", postgres);
    add(memory, "**all**", all + postgres);
  }

  /** PostgreSQL's first process, which leaves its starter and writes its number to a file. */
  private static long postmaster(Path home) {
    try (Stream<Path> files = Files.walk(home.resolve("postgres"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().equals("postmaster.pid"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Map<String, List<Double>> memory, String process, double megabytes) {
    memory.computeIfAbsent(process, p -> new ArrayList<>()).add(megabytes);
  }

  private static double megabytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newHome() {
    try {
      return Files.createTempDirectory("holdfast-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new SystemStart()).execute(arguments));
  }
}
