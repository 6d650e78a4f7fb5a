package io.holdfast.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast task}. */
@Command(
    name = "task",
    header = "Write, check and register task services.",
    description = {
      "",
      "A task service is a small HTTP service, in any language, that gives documents to train on"
          + " and requests to evaluate with: see docs/guides/tasks.md."
    },
    subcommands = {
      TaskNewCommand.class,
      TaskCheckCommand.class,
      TaskRegisterCommand.class,
      TaskListCommand.class,
      TaskRemoveCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast task new --lang python capitals",
      "  ./holdfast task check http://127.0.0.1:8700",
      "  ./holdfast task register http://127.0.0.1:8700"
    })
public final class TaskCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: task new, check, register, list or remove.");
  }
}
