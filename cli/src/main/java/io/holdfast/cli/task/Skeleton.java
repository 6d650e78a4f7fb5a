package io.holdfast.cli.task;

import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A task service that works, to be changed into one's own. */
public enum Skeleton {
  JAVA("Task.java", List.of("java", "Task.java")),
  PYTHON("task.py", List.of("python3", "task.py"));

  private final String program;
  private final List<String> start;

  Skeleton(String program, List<String> start) {
    this.program = program;
    this.start = start;
  }

  /** Writes the skeleton's files; nothing that is there is written over. */
  public List<Path> write(String name, Path folder) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    files.put(folder.resolve(program), filled(program, name));
    files.put(folder.resolve("README.md"), filled("README.md", name));
    files.put(folder.resolve(Launch.FILE), Json.write(new Launch(start)) + "\n");
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Files.createDirectories(folder);
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
    return List.copyOf(files.keySet());
  }

  /** What starts the service, in its folder. */
  public String command() {
    return String.join(" ", start);
  }

  private String filled(String file, String name) {
    try (InputStream template = Skeleton.class.getResourceAsStream("/task/" + file + ".txt")) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@NAME@", name)
          .replace("@COMMAND@", command());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
