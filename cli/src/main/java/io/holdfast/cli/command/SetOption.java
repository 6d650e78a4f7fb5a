package io.holdfast.cli.command;

import java.util.List;
import picocli.CommandLine.Option;

/** Values of the study that are set on the command line. */
final class SetOption {

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Set one value of the study, such as stages.fine_tune.lr=1e-3, parameters.scale=135m or"
            + " seeds=[1,2]; repeatable. A path leads through keys, and through lists by [index]."
      })
  private List<String> overrides = List.of();

  List<String> overrides() {
    return overrides;
  }
}
