package io.holdfast.cli.command;

import io.holdfast.cli.local.ServiceKind;
import io.holdfast.cli.local.SystemOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of the commands that need no more of a local system than its results. */
final class SettingsOption {

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Setting for all service processes, such as -Dholdfast.work.heartbeat=1s.")
  private Map<String, String> properties = Map.of();

  Map<String, String> properties() {
    return properties;
  }

  /** {@code -D} when it was given, which means nothing to a system elsewhere. */
  List<String> local() {
    return properties.isEmpty() ? List.of() : List.of("-D");
  }

  /** What reads results, and neither checks nor trains anything. */
  SystemOptions reading() {
    return new SystemOptions(
        Installation.root(),
        1,
        Set.of(ServiceKind.FRONTIER),
        List.of(Path.of("").toAbsolutePath()),
        List.of(),
        properties);
  }
}
