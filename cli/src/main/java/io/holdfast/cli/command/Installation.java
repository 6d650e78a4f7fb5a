package io.holdfast.cli.command;

import java.nio.file.Path;

/** Where Holdfast itself lies. */
final class Installation {

  private Installation() {}

  /** The project's root; the start script says where it is. */
  static Path root() {
    return Path.of(System.getProperty("holdfast.root", "")).toAbsolutePath();
  }
}
