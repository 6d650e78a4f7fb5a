package io.holdfast.cli.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a local system consists of.
 *
 * @param installation the project's root, with the built services
 * @param trainers how many trainers, each with one thread
 * @param services which services; a plan needs no trainers
 * @param corpora folders below which a study's corpora may lie
 * @param tasks folders of task services to run beside, each with a holdfast-task.json
 * @param properties further settings of every service process, for tests and tuning
 */
public record SystemOptions(
    Path installation,
    int trainers,
    Set<ServiceKind> services,
    List<Path> corpora,
    List<Path> tasks,
    Map<String, String> properties) {

  public SystemOptions {
    services = Set.copyOf(services);
    corpora = List.copyOf(corpora);
    tasks = List.copyOf(tasks);
    properties = Map.copyOf(properties);
    if (trainers < 1) {
      throw new IllegalArgumentException("a system needs a trainer, not " + trainers);
    }
  }
}
