package io.holdfast.benchmarks;

import io.holdfast.benchmarks.TokenizationPod.Report;
import io.holdfast.benchmarks.TokenizationPod.Step;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One corpus tokenized by one process and by several that share its pieces, each process on a core
 * of its own with one encoding thread, in turn. The pieces are those that data-service makes; who
 * makes which is settled by a folder here, by leases there.
 */
@Command(
    name = "sharing",
    mixinStandardHelpOptions = true,
    description = "Compares several processes that tokenize one corpus with one that does.")
final class SharedTokenization implements Runnable {

  @Option(names = "--tokenizer", required = true, description = "a tokenizer.json")
  Path tokenizerJson;

  @Option(names = "--megabytes", defaultValue = "512", description = "text of the corpus")
  int megabytes;

  @Option(names = "--part", defaultValue = "32", description = "megabytes of a part")
  int part;

  @Option(names = "--bucket", defaultValue = "64", description = "megabytes of a bucket")
  int bucket;

  @Option(names = "--pods", split = ",", defaultValue = "1,2")
  List<Integer> pods;

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--folder", description = "where the corpus and the shards are written")
  Path parent;

  /** What one way of tokenizing took. */
  private record Run(double wall, double processor, double union) {}

  @Override
  public void run() {
    try {
      Path folder =
          parent == null
              ? Files.createTempDirectory("sharing")
              : Files.createTempDirectory(parent, "sharing");
      try {
        new LargeCorpus(megabytes).write(folder.resolve("corpus"));
        compare(new SharedCorpus(folder, tokenizerJson.toAbsolutePath(), part, bucket));
      } finally {
        Storage.deleteRecursively(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(SharedCorpus corpus) throws IOException {
    double size = corpus.source().bytes() / 1e6;
    List<Run> alone = new ArrayList<>();
    List<List<Run>> shared = pods.stream().map(count -> (List<Run>) new ArrayList<Run>()).toList();
    for (int round = 0; round < rounds; round++) {
      alone.add(alone(corpus));
      for (int i = 0; i < pods.size(); i++) {
        shared.get(i).add(shared(corpus, pods.get(i)));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f MB, %d parts, %d buckets%n",
        size,
        corpus.division().parts(),
        corpus.division().buckets().count());
    System.out.println("| processes | MB/s | times as fast | processor seconds | union ms |");
    System.out.println("|---|---|---|---|---|");
    System.out.println(row("one, alone", size, alone, alone));
    for (int i = 0; i < pods.size(); i++) {
      System.out.println(row(pods.get(i) + ", in pieces", size, shared.get(i), alone));
    }
  }

  private static String row(String name, double size, List<Run> runs, List<Run> alone) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < runs.size(); round++) {
      ratios.add(alone.get(round).wall() / runs.get(round).wall());
    }
    return "| %s | %s | **%s** | %s | %s |"
        .formatted(
            name,
            Spread.of(runs.stream().map(run -> size / run.wall()).toList()).format("%.1f"),
            Spread.of(ratios).format("%.2f"),
            Spread.of(runs.stream().map(Run::processor).toList()).format("%.1f"),
            Spread.of(runs.stream().map(run -> run.union() * 1e3).toList()).format("%.0f"));
  }

  private Run alone(SharedCorpus corpus) throws IOException {
    Storage.deleteRecursively(corpus.output());
    Report report = step(corpus, Step.ALONE, 1);
    return new Run(report.wall(), report.processor(), 0);
  }

  private Run shared(SharedCorpus corpus, int count) throws IOException {
    Storage.deleteRecursively(corpus.output());
    Report encoded = step(corpus, Step.ENCODE, count);
    Report sorted = step(corpus, Step.SORT, count);
    long begin = System.nanoTime();
    try (Stream<Path> buckets = Files.list(corpus.buckets())) {
      DurableDirectory.unite(
          corpus.output().resolve("shards"), buckets.map(DurableDirectory::open).toList());
    }
    double union = (System.nanoTime() - begin) / 1e9;
    return new Run(
        encoded.wall() + sorted.wall() + union, encoded.processor() + sorted.processor(), union);
  }

  /** Everybody waits for the last. */
  private static Report step(SharedCorpus corpus, Step step, int count) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int pod = 0; pod < count; pod++) {
      List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(pod)));
      command.addAll(
          Arrays.asList(
              ProcessHandle.current().info().command().orElseThrow(),
              "-Xmx1g",
              "-XX:+UseSerialGC",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              // The class path has the services' log manager, which complains when it comes late.
              "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
              "-cp",
              System.getProperty("java.class.path"),
              TokenizationPod.class.getName(),
              step.name()));
      command.addAll(corpus.arguments());
      processes.add(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }
    double wall = 0;
    double processor = 0;
    for (Process process : processes) {
      Report report = Report.of(process);
      wall = Math.max(wall, report.wall());
      processor += report.processor();
    }
    return new Report(wall, processor);
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SharedTokenization()).execute(arguments));
  }
}
