package io.holdfast.cli.command;

import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.LogFile;
import io.holdfast.cli.local.SystemFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast logs}. */
@Command(
    name = "logs",
    header = "Show the logs of the local system's processes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast logs                     the last lines of every process",
      "  ./holdfast logs trainer-1 -n 200",
      "  ./holdfast logs -f data-service     and go on with what comes"
    })
public final class LogsCommand implements Callable<Integer> {

  /** Between two looks at the files; short enough to read along. */
  private static final Duration POLL = Duration.ofMillis(250);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Parameters(
      paramLabel = "PROCESS",
      arity = "0..*",
      description = "Such as data-service, trainer-1.")
  private List<String> names = List.of();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      description = "Lines of each log (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Path> logs = logs(home.home());
    Map<String, Long> positions = new LinkedHashMap<>();
    for (Map.Entry<String, Path> log : logs.entrySet()) {
      positions.put(log.getKey(), Files.size(log.getValue()));
      out.printf("==> %s <==%n", log.getValue());
      new LogFile(log.getValue()).tail(lines).forEach(out::println);
    }
    out.flush();
    while (follow) {
      for (Map.Entry<String, Path> log : logs.entrySet()) {
        positions.compute(
            log.getKey(), (name, position) -> copy(name, log.getValue(), position, out));
      }
      out.flush();
      Thread.sleep(POLL);
    }
    return 0;
  }

  private Map<String, Path> logs(Home where) throws IOException {
    Map<String, Path> logs = new LinkedHashMap<>();
    if (Files.isDirectory(where.logs())) {
      try (Stream<Path> files = Files.list(where.logs())) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".log"))
            .sorted()
            .forEach(file -> logs.put(file.getFileName().toString().replace(".log", ""), file));
      }
    }
    if (logs.isEmpty()) {
      throw new SystemFailure("There are no logs in %s yet.".formatted(where.logs()));
    }
    for (String name : names) {
      if (!logs.containsKey(name)) {
        throw new SystemFailure(
            "There is no log of %s; there are %s."
                .formatted(name, String.join(", ", logs.keySet())));
      }
    }
    if (!names.isEmpty()) {
      logs.keySet().retainAll(names);
    }
    return logs;
  }

  /** Writes whole new lines, each behind its process's name, and returns where it stopped. */
  private static long copy(String name, Path log, long position, PrintWriter out) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      // A shorter file is a new one: the old was put aside.
      file.seek(file.length() < position ? 0 : position);
      long end = file.getFilePointer();
      for (String line = file.readLine();
          line != null && file.getFilePointer() <= file.length();
          line = file.readLine()) {
        out.printf(
            "%-16s | %s%n",
            name, new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        end = file.getFilePointer();
      }
      return end;
    } catch (IOException gone) {
      return position;
    }
  }
}
