package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.TaskView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast task register}. */
@Command(
    name = "register",
    header = "Register the task service at an address.",
    description = {
      "",
      "The service is asked what task it is, and announced to the whole system for as long as it",
      "answers. Nothing is restarted. Exit code 2 when it is refused."
    },
    footerHeading = "%nExamples:%n",
    footer = "  ./holdfast task register http://localhost:9000")
public final class TaskRegisterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Parameters(paramLabel = "URL", description = "Where the service answers GET URL/task.")
  private String url;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return SystemQuestion.run(place.place(), spec.commandLine().getErr(), this::register);
  }

  private void register(Frontier frontier) throws IOException, InterruptedException {
    TaskView task = frontier.register(url);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s at %s is registered.%n", task.task(), task.url());
  }
}
