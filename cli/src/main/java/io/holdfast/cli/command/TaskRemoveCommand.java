package io.holdfast.cli.command;

import io.holdfast.contracts.task.TaskName;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast task remove}. */
@Command(
    name = "remove",
    header = "Take a task away.",
    description = {"", "Studies that need it pause until it is registered again."},
    footerHeading = "%nExamples:%n",
    footer = "  ./holdfast task remove factbook-questions@1")
public final class TaskRemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Parameters(paramLabel = "TASK", description = "The task, as name@version.")
  private String task;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TaskName name =
        TaskName.parse(task)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        task + " is not a task. Write name@version, such as capitals@1."));
    return SystemQuestion.run(
        place.place(),
        spec.commandLine().getErr(),
        frontier -> {
          frontier.remove(name);
          spec.commandLine().getOut().println(name + " is removed.");
        });
  }
}
