package io.holdfast.cli.command;

import io.holdfast.cli.local.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --home}. */
final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".holdfast",
      description = "Folder that holds all state (default: ${DEFAULT-VALUE}).")
  private Path directory;

  Home home() {
    return new Home(directory);
  }
}
