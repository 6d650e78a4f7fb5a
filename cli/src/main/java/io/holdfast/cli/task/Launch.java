package io.holdfast.cli.task;

import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a task service in a folder is started, as its {@value #FILE} says. The service is told its
 * address by the environment: {@code HOST} and {@code PORT}.
 *
 * @param start the command, run in the folder; {@code java} is the one that Holdfast runs on
 */
public record Launch(List<String> start) {

  public static final String FILE = "holdfast-task.json";

  public Launch {
    if (start == null || start.isEmpty()) {
      throw new IllegalArgumentException("start names a program and its arguments");
    }
    start = List.copyOf(start);
  }

  /**
   * Reads a folder's file.
   *
   * @throws IllegalArgumentException when there is none, or it does not say how
   */
  public static Launch of(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return Json.read(Files.readString(file), Launch.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is not the folder of a task: %s cannot be read".formatted(folder, file), e);
    }
  }

  /** The command line. */
  public List<String> command() {
    List<String> command = new ArrayList<>(start);
    if (command.getFirst().equals("java")) {
      command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
    return command;
  }
}
