package io.holdfast.benchmarks.hypervolume;

import io.holdfast.frontier.statistics.front.Hypervolume;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Hypervolumes against moocore's C program {@code hv} (github.com/multi-objective/moocore, built
 * there with {@code make hv}): the same points in the same doubles, processor time of both without
 * reading the file, and whether the values agree.
 */
public final class MoocoreComparison {

  private static final String[] FRONTS = {
    "2x100",
    "2x1000",
    "2x10000",
    "2x100000",
    "3x100",
    "3x1000",
    "3x10000",
    "4x100",
    "4x300",
    "4x1000",
    "4x3000"
  };
  private static final int ROUNDS = 5;
  private static final double AGREEMENT = 1e-12;

  private final Path program;

  private MoocoreComparison(Path program) {
    this.program = program;
  }

  /** Prints a table for the program at that path. */
  public static void run(Path program) throws IOException, InterruptedException {
    System.out.println("| front | Holdfast ms | moocore ms | ratio | relative difference |");
    System.out.println("|---|---|---|---|---|");
    for (String front : FRONTS) {
      System.out.println(new MoocoreComparison(program).line(front));
    }
  }

  private String line(String front) throws IOException, InterruptedException {
    String[] size = front.split("x");
    int objectives = Integer.parseInt(size[0]);
    double[][] points = RandomFront.of(objectives, Integer.parseInt(size[1]), 42);
    double[] reference = RandomFront.reference(objectives);
    double own = Hypervolume.of(points, reference);
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    double value = 0;
    int calls = calls(points, reference);
    Path file = write(points);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        ours[round] = milliseconds(points, reference, calls);
        double[] answer = ask(file, reference);
        value = answer[0];
        theirs[round] = answer[1];
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    double difference = Math.abs(own - value) / value;
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %.4f | %.2f | %.1e%s |",
        front,
        ours[ROUNDS / 2],
        theirs[ROUNDS / 2],
        theirs[ROUNDS / 2] / ours[ROUNDS / 2],
        difference,
        difference > AGREEMENT ? " DISAGREES" : "");
  }

  /** As many as take about half a second, so that the compiler has seen them. */
  private static int calls(double[][] points, double[] reference) {
    int calls = 1;
    while (milliseconds(points, reference, calls) * calls < 500) {
      calls *= 2;
    }
    return calls;
  }

  private static double milliseconds(double[][] points, double[] reference, int calls) {
    var thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    double sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += Hypervolume.of(points, reference);
    }
    if (!(sum > 0)) {
      throw new IllegalStateException("no volume");
    }
    return (thread.getCurrentThreadCpuTime() - start) / 1e6 / calls;
  }

  /** Shortest decimals that read as the same doubles. */
  private static Path write(double[][] points) throws IOException {
    Path file = Files.createTempFile("front", ".txt");
    Files.write(file, Arrays.stream(points).map(MoocoreComparison::words).toList());
    return file;
  }

  private static String words(double[] point) {
    return Arrays.stream(point).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  /** Its volume, and its milliseconds: its own count, which is of processor time. */
  private double[] ask(Path file, double[] reference) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(), "--verbose", "--reference=" + words(reference), file.toString())
            .redirectErrorStream(true)
            .start();
    double volume = Double.NaN;
    double seconds = Double.NaN;
    for (String line : process.inputReader().lines().toList()) {
      if (line.startsWith("# Time:")) {
        seconds = Double.parseDouble(line.split("\\s+")[2]);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        volume = Double.parseDouble(line.strip());
      }
    }
    if (process.waitFor() != 0 || Double.isNaN(volume + seconds)) {
      throw new IllegalStateException(program + " gave no volume and time");
    }
    return new double[] {volume, 1000 * seconds};
  }
}
