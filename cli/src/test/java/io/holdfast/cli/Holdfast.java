package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.local.Home;
import io.holdfast.local.ProcessEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a user has it: a process with arguments, output and an exit code. */
final class Holdfast {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Home home;

  Holdfast(Path home) {
    this.home = new Home(home);
  }

  Home home() {
    return home;
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    Running running = start(arguments);
    assertThat(running.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("%s ends within %s:%n%s", String.join(" ", arguments), LIMIT, running.output())
        .isTrue();
    return new Result(running.process().exitValue(), running.output());
  }

  /** Starts a command. */
  Running start(String... arguments) throws IOException {
    // Tests that run in the background of a script have Ctrl-C's signal ignored, and a JVM that
    // inherits that keeps ignoring it.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dholdfast.root=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.cli.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", home.directory().toString()));
    Files.createDirectories(home.directory());
    Path output = Files.createTempFile(home.directory(), arguments[0] + "-", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Running(process, output);
  }

  /** Whether a process is gone. */
  static boolean hasEnded(long pid) {
    return ProcessHandle.of(pid).map(ProcessEnd::hasEnded).orElse(true);
  }

  /** A command that runs. */
  record Running(Process process, Path file) {

    /** What it has printed so far. */
    String output() {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** A command that ended. */
  record Result(int exitCode, String output) {}
}
