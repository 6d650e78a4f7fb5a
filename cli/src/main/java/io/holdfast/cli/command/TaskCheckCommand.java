package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.cli.display.CheckText;
import io.holdfast.task.check.CheckReport;
import io.holdfast.task.check.TaskCheck;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast task check}. */
@Command(
    name = "check",
    header = "Check a task service: what is wrong, and where.",
    description = {
      "",
      "Asks the service everything that Holdfast would ask it, and more: description, health, every"
          + " line of every split with its hash, offsets, refusals, scores alone and in batches,"
          + " several askers at once. Shows what the task offers. Needs no running system."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast task check http://127.0.0.1:8700",
      "",
      "Exit code: 0 the service conforms, 1 it does not, 3 it does not answer."
    })
public final class TaskCheckCommand implements Callable<Integer> {

  /** Who checks a service by hand means the address that was given. */
  private static final TaskAccess ANYWHERE =
      new TaskAccess(
          List.of("*"),
          Set.of(
              AddressKind.PUBLIC,
              AddressKind.LOOPBACK,
              AddressKind.PRIVATE,
              AddressKind.LINK_LOCAL));

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "Address of the service.")
  private URI url;

  @Mixin private TrustOption trust;

  @Override
  public Integer call() throws InterruptedException {
    try (TaskClient client =
        new TaskClient(ANYWHERE, TaskLimits.DEFAULT, Resolver.SYSTEM, trust.trust())) {
      return switch (new TaskCheck(client).check(url)) {
        case CheckReport.NotReached(String reason) -> {
          spec.commandLine().getErr().println(reason);
          yield Main.SYSTEM;
        }
        case CheckReport.Checked report -> {
          CheckText.lines(url, report).forEach(spec.commandLine().getOut()::println);
          yield report.conforms() ? 0 : 1;
        }
      };
    }
  }
}
