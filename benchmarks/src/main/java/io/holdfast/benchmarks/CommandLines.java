package io.holdfast.benchmarks;

import picocli.CommandLine;

/** How the benchmarks read their command lines. */
final class CommandLines {

  private CommandLines() {}

  static int execute(Runnable command, String[] arguments) {
    return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
  }
}
