package io.holdfast.cli.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process to run.
 *
 * @param name unique, such as {@code trainer-2}
 * @param port its HTTP port on 127.0.0.1
 * @param command program and arguments
 * @param environment what it has beside the runner's own
 * @param directory where it runs
 * @param readyPath answers 200 once the process can work
 * @param stopLimit how long it may take to end
 */
record ServiceSpec(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    String readyPath,
    Duration stopLimit) {

  ServiceSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
