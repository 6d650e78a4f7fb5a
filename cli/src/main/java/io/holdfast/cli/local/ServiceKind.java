package io.holdfast.cli.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The four services, and what one of their processes needs on one machine. */
public enum ServiceKind {
  DATA("data-service", "holdfast_data", 768, Duration.ofSeconds(20), false),
  FRONTIER("frontier-service", "holdfast_frontier", 192, Duration.ofSeconds(20), false),
  EVAL("eval-service", "holdfast_eval", 192, Duration.ofSeconds(75), true),
  TRAINER("trainer-service", "holdfast_trainer", 192, Duration.ofSeconds(75), true);

  /**
   * One thread per process and an allocator that keeps its memory: libtorch gives pages back and
   * takes them again at each step otherwise, which costs up to a seventh of the speed. Threads
   * other than the first would have arenas of their own, which give pages back whatever they are
   * told.
   */
  private static final Map<String, String> ENGINE_ENVIRONMENT =
      Map.of(
          "OMP_NUM_THREADS", "1",
          "MKL_NUM_THREADS", "1",
          "HOLDFAST_ENGINE_THREADS", "1",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "8589934592",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "67108864");

  private final String module;
  private final String database;
  private final int heapMegabytes;
  private final Duration stopLimit;
  private final boolean engine;

  ServiceKind(
      String module, String database, int heapMegabytes, Duration stopLimit, boolean engine) {
    this.module = module;
    this.database = database;
    this.heapMegabytes = heapMegabytes;
    this.stopLimit = stopLimit;
    this.engine = engine;
  }

  /** Maven module, and name of its single process. */
  public String module() {
    return module;
  }

  String database() {
    return database;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** How long a process may take to end: one that trains saves a checkpoint first. */
  Duration stopLimit() {
    return stopLimit;
  }

  Map<String, String> environment() {
    return engine ? ENGINE_ENVIRONMENT : Map.of();
  }

  /** The jar that production runs as well. */
  Path jar(Path installation) {
    return installation.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }
}
