package io.holdfast.cli.command;

import io.holdfast.cli.client.CollectionView;
import io.holdfast.cli.display.CollectionText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast gc}. */
@Command(
    name = "gc",
    header = "Show, or remove, checkpoints that nobody needs any more.",
    description = {
      "",
      "Without --apply nothing is removed. What a running study, a pin or a frontier needs stays.",
      "Scores and reports stay in any case; a stage whose weights are needed again is trained again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./holdfast gc", "  ./holdfast gc --keep-days 30 --apply"})
public final class GcCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Option(names = "--apply", description = "Remove them.")
  private boolean apply;

  private int keepDays = 7;

  @Option(
      names = "--keep-days",
      paramLabel = "N",
      description = "Keep all of what ended in the last N days (default: 7).")
  void keepDays(int days) {
    if (days < 0 || days > 36_500) {
      throw new ParameterException(
          spec.commandLine(), "--keep-days takes a number from 0 to 36500, not " + days + ".");
    }
    keepDays = days;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return SystemQuestion.run(
        place.place(),
        spec.commandLine().getErr(),
        frontier -> {
          CollectionView view = frontier.collection(keepDays, apply);
          CollectionText.of(view).forEach(spec.commandLine().getOut()::println);
          if (!apply && !view.stages().isEmpty()) {
            spec.commandLine().getOut().println("Nothing is removed yet: --apply does.");
          }
        });
  }
}
