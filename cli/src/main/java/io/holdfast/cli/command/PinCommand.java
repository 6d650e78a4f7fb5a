package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast pin}. */
@Command(
    name = "pin",
    header = "Keep the checkpoints of a study, or of a stage.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast pin quickstart",
      "  ./holdfast pin --remove quickstart",
      "  ./holdfast pin                       # what is pinned"
    })
public final class PinCommand implements Callable<Integer> {

  private static final Pattern STAGE = Pattern.compile("[0-9a-f]{64}");

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Option(names = "--remove", description = "Take the pin away.")
  private boolean remove;

  @Parameters(
      arity = "0..1",
      paramLabel = "STUDY|STAGE",
      description = "A study's id, or the name of the newest of that name; or a stage's id.")
  private String pinned;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return SystemQuestion.run(
        place.place(),
        spec.commandLine().getErr(),
        frontier -> {
          if (pinned == null) {
            frontier.pins().forEach(spec.commandLine().getOut()::println);
            return;
          }
          String id = STAGE.matcher(pinned).matches() ? pinned : studyId(frontier);
          frontier.pin(id, !remove);
          spec.commandLine().getOut().println(id + (remove ? " is not pinned." : " is pinned."));
        });
  }

  private String studyId(Frontier frontier) throws IOException, InterruptedException {
    return StudyChoice.of(frontier, pinned).id();
  }
}
