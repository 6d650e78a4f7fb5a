package io.holdfast.k8s.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One migration file.
 *
 * @param name such as {@code V3__tasks}
 * @param sql its text
 */
record Migrations(String name, String sql) {

  private static final Path ROOT = Path.of("..");

  /** Those of a service, in the order in which a new database gets them. */
  static List<Migrations> of(String service) {
    List<Path> folders = new ArrayList<>();
    folders.add(ROOT.resolve("service-kit/src/main/resources/db/kit"));
    if (!service.equals("trainer-service")) {
      folders.add(ROOT.resolve("tasks/registry/src/main/resources/db/tasks"));
    }
    folders.add(ROOT.resolve(service).resolve("src/main/resources/db/migration"));
    return folders.stream()
        .flatMap(Migrations::in)
        .sorted(Comparator.comparingDouble(Migrations::version))
        .toList();
  }

  private static Stream<Migrations> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Migrations> found = new ArrayList<>();
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".sql", "");
        found.add(new Migrations(name, Files.readString(file)));
      }
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double version() {
    return Double.parseDouble(name.substring(1, name.indexOf("__")));
  }
}
