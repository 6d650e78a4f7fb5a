package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudySummary;
import io.holdfast.cli.client.StudyView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast cancel}. */
@Command(
    name = "cancel",
    header = "End a study that runs.",
    description = {
      "",
      "Stages that no other study wants are called off, also those that are being trained. What is trained and scored"
          + " stays, and 'run' with the same file goes on from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast cancel quickstart",
      "  HOLDFAST_TOKEN=… ./holdfast cancel quickstart --server https://holdfast.example.org",
      "",
      "Exit code: 0 ended, now or before; 3 there is no such study, or the system does not answer."
    })
public final class CancelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Parameters(
      paramLabel = "STUDY",
      description = "A study's id, or the name of the newest of that name.")
  private String named;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return SystemQuestion.run(place.place(), spec.commandLine().getErr(), this::cancel);
  }

  private void cancel(Frontier frontier) throws IOException, InterruptedException {
    StudySummary study = StudyChoice.of(frontier, named);
    PrintWriter out = spec.commandLine().getOut();
    if (!study.state().equals("RUNNING")) {
      out.printf("%s has ended already: %s.%n", study.id(), study.state().toLowerCase(Locale.ROOT));
      return;
    }
    StudyView ended = frontier.cancel(study.id());
    out.printf(
        "%s is %s. %d of %d stages are trained and stay so.%n",
        ended.id(),
        ended.state().toLowerCase(Locale.ROOT),
        ended.progress().trained(),
        ended.progress().stages());
  }
}
