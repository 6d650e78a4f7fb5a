package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.command.StudyInput.StudyRefusedException;
import io.holdfast.cli.display.PlanText;
import io.holdfast.contracts.study.StudyPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast plan}. */
@Command(
    name = "plan",
    header = "Show what a study would train, and what it would cost, without running it.",
    description = {
      "",
      "Makes the same checks as a run. The corpora are read and, when small, tokenized, so that the"
          + " numbers of tokens are exact."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast plan studies/quickstart.yaml",
      "  ./holdfast plan my-study.yaml --trainers 8 --price-per-hour 2.5    time and cost on eight",
      "  ./holdfast plan my-study.yaml --set stages.fine_tune.lr=1e-3"
    })
public final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;
  @Mixin private SystemOption system;
  @Mixin private SetOption set;

  @Parameters(paramLabel = "STUDY", description = "Study file (YAML or JSON).")
  private Path file;

  @Option(
      names = "--price-per-hour",
      paramLabel = "PRICE",
      description = "What an hour of one trainer costs; adds the cost of the study.")
  private Double pricePerHour;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Screen screen = Screen.open()) {
      plan(StudyInput.read(file, set.overrides()), screen.out());
      return 0;
    } catch (StudyRefusedException refused) {
      refused.print(spec.commandLine().getErr());
      return Main.REFUSED;
    }
  }

  private void plan(StudyInput input, PrintStream out) throws IOException, InterruptedException {
    try (Session session =
        Session.open(
            place.place(system.local()),
            system.planning(input.folder()),
            step -> out.println("· " + step))) {
      out.println("· checking the study and its corpora");
      StudyPlan plan = session.frontier().plan(input.yaml(), system.trainers());
      out.println();
      PlanText.lines(plan, pricePerHour).forEach(out::println);
    } catch (RefusedException e) {
      throw input.refused(e);
    }
  }
}
