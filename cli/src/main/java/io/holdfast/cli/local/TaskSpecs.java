package io.holdfast.cli.local;

import io.holdfast.cli.task.Launch;
import io.holdfast.local.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The task services that a system runs beside its own, each from its folder. */
final class TaskSpecs {

  /** Says whose a process is, when its runner was killed: see {@link Leftovers}. */
  static final String HOME_VARIABLE = "HOLDFAST_HOME";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Home home;
  private final List<Path> folders;

  /** Chosen once: a port that is in use would not be chosen again. */
  private final Map<Path, Integer> ports = new ConcurrentHashMap<>();

  TaskSpecs(Home home, List<Path> folders) {
    this.home = home;
    this.folders = folders;
  }

  List<ServiceSpec> all() {
    return folders.stream().map(this::spec).toList();
  }

  /** Where they answer. */
  List<URI> addresses() {
    return folders.stream().map(folder -> URI.create("http://127.0.0.1:" + port(folder))).toList();
  }

  private ServiceSpec spec(Path folder) {
    int port = port(folder);
    return new ServiceSpec(
        name(folder),
        port,
        command(folder),
        Map.of(
            "HOST",
            "127.0.0.1",
            "PORT",
            Integer.toString(port),
            HOME_VARIABLE,
            home.directory().toString()),
        folder,
        "/health",
        STOP_LIMIT);
  }

  private static List<String> command(Path folder) {
    try {
      return Launch.of(folder).command();
    } catch (IllegalArgumentException e) {
      throw new SystemFailure(
          e.getMessage() + ". It should be like {\"start\": [\"python3\", \"task.py\"]}.", e);
    }
  }

  private int port(Path folder) {
    return ports.computeIfAbsent(folder, each -> FreePorts.remembered(home.port(name(each))));
  }

  /** The name of the service that runs a folder's task. */
  static String name(Path folder) {
    return "task-" + folder.getFileName();
  }
}
