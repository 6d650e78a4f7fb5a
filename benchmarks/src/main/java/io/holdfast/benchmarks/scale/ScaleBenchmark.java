package io.holdfast.benchmarks.scale;

import io.holdfast.benchmarks.StageHandover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The control plane under many pods and stages: a real broker, a real database server, the real
 * frontier-service, and the kit's real claim loops, outbox and consumers; nothing is trained,
 * tokenized or scored. See benchmarks/README.md for what a simulated pod is and is not.
 */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = "Throughput, load and waiting times with many simulated pods and stages.")
final class ScaleBenchmark implements Callable<Integer> {

  @Option(names = "--pods", defaultValue = "1000", description = "default ${DEFAULT-VALUE}")
  int pods;

  @Option(
      names = "--processes",
      defaultValue = "4",
      description = "that the pods are divided over; default ${DEFAULT-VALUE}")
  int processes;

  @Option(names = "--stages", defaultValue = "100000", description = "default ${DEFAULT-VALUE}")
  int stages;

  @Option(
      names = "--study",
      defaultValue = "1000",
      description = "stages of one study; default ${DEFAULT-VALUE}")
  int study;

  @Option(
      names = "--training",
      defaultValue = "PT20S",
      description =
          "how long a stage trains on average, such as PT20S; PT0S shows the most that the control"
              + " plane takes; default ${DEFAULT-VALUE}")
  Duration training;

  @Option(
      names = "--poll",
      defaultValue = "1s",
      description = "how often an idle pod looks for work; default ${DEFAULT-VALUE}")
  String poll;

  @Option(
      names = "--limit",
      defaultValue = "PT1H",
      description = "time after which it ends, done or not; default ${DEFAULT-VALUE}")
  Duration limit;

  @Option(names = "--home", description = "folder for data and logs; by default a temporary one")
  Path home;

  @Override
  public Integer call() throws IOException, SQLException {
    Path folder = home == null ? Files.createTempDirectory("holdfast-scale") : home;
    System.out.printf("Data and logs: %s%n", folder);
    try (ScaleSystem system =
            new ScaleSystem(
                folder,
                pods,
                processes,
                Map.of("holdfast.work.poll", poll, "simulation.training", training.toString()));
        Connection ours = system.connect(ScaleSystem.PODS_DATABASE);
        Connection theirs = system.connect(ScaleSystem.FRONTIER_DATABASE)) {
      idle(system, ours, theirs);
      long start = System.nanoTime();
      for (int n = 0; n < stages / study; n++) {
        system.frontier().post("/api/studies", "application/yaml", ScaleStudy.text(n, study));
      }
      System.out.printf(
          "%d studies of %d stages taken in within %.1f s%n%n",
          stages / study, study, (System.nanoTime() - start) / 1e9);
      run(system, ours, theirs, start);
      StageHandover.report(system.bootstrapServers());
    }
    return 0;
  }

  /** What pods without work cost. */
  private static void idle(ScaleSystem system, Connection ours, Connection theirs)
      throws SQLException {
    Load before = Load.of(system, ours, theirs);
    RunningJar.pause(Duration.ofSeconds(20));
    Load after = Load.of(system, ours, theirs);
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    System.out.printf(
        "Idle: %.0f statements/s, of which %.0f claims, %.1f %% of a core in PostgreSQL, %.1f %% in the"
            + " pods; a claim that finds nothing takes %.3f ms%n",
        (after.statements().pods() - before.statements().pods()) / seconds,
        (after.claims() - before.claims()) / seconds,
        (after.sqlMillis().pods() - before.sqlMillis().pods()) / seconds / 10,
        after.pods().minus(before.pods()).toMillis() / seconds / 10,
        (after.claimMillis() - before.claimMillis())
            / Math.max(1, after.claims() - before.claims()));
  }

  private void run(ScaleSystem system, Connection ours, Connection theirs, long start)
      throws SQLException {
    System.out.println(Load.header());
    int all = stages / study * study;
    Load first = Load.of(system, ours, theirs);
    Load last = first;
    while (last.trained() < all && System.nanoTime() - start < limit.toNanos()) {
      RunningJar.pause(Duration.ofSeconds(2));
      Load now = Load.of(system, ours, theirs);
      if (now.trained() - last.trained() >= all / 10 || now.trained() == all) {
        System.out.println(now.since(last));
        last = now;
      }
    }
    System.out.println("\nAll of it:\n\n" + Load.header());
    System.out.println(Load.of(system, ours, theirs).since(first));
    System.out.println();
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new ScaleBenchmark()).execute(arguments));
  }
}
