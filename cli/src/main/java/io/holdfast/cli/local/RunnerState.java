package io.holdfast.cli.local;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a runner tells other processes about its system.
 *
 * @param pid the runner's process
 * @param startedAt when it began to start
 * @param phase how far it is
 * @param api address of frontier-service, such as {@code http://127.0.0.1:23456}
 * @param kafka the broker's bootstrap address, or null until it runs
 * @param postgres JDBC address of the server, without a database, or null until it runs
 * @param corpora folders below which corpora may lie
 * @param services in start order
 */
public record RunnerState(
    long pid,
    Instant startedAt,
    Phase phase,
    String api,
    String kafka,
    String postgres,
    List<String> corpora,
    List<ServiceStatus> services) {

  public RunnerState {
    corpora = List.copyOf(corpora);
    services = List.copyOf(services);
  }

  /** Those of some folders of task services that this system does not run. */
  public List<Path> without(List<Path> tasks) {
    return tasks.stream()
        .filter(
            folder ->
                services.stream()
                    .noneMatch(service -> service.name().equals(TaskSpecs.name(folder))))
        .toList();
  }

  /** A runner only moves forward. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /**
   * One child process.
   *
   * @param name such as {@code trainer-1}; also its log's name
   * @param condition how it is
   * @param pid its process, or null while it has none
   * @param port its HTTP port
   * @param restarts how often it was started again
   * @param since when it came into this condition
   */
  public record ServiceStatus(
      String name, Condition condition, Long pid, int port, int restarts, Instant since) {}

  /** How a child process is. */
  public enum Condition {
    STARTING,
    READY,
    /** It died and is started again after a pause. */
    DOWN,
    STOPPED
  }
}
