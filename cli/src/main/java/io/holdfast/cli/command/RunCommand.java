package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.command.StudyInput.StudyRefusedException;
import io.holdfast.cli.display.ProgressDisplay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast run}. */
@Command(
    name = "run",
    header = "Run a study: train, evaluate, compare, report.",
    description = {
      "",
      "Starts the local system unless it is up or --server names another, submits the study and shows how it goes. Ends with"
          + " the frontier, a comparison of the recipes, a report and its tables.",
      "",
      "Ctrl-C stops everything; the same command goes on where it was. What is trained already, by"
          + " this study or another, is not trained again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast run studies/quickstart.yaml",
      "  ./holdfast run my-study.yaml --home /data/holdfast --trainers 4",
      "  ./holdfast run my-study.yaml --set seeds=[7,8] --set parameters.scale=200k",
      "  ./holdfast run my-study.yaml --stay        and keep the dashboard afterwards",
      "  HOLDFAST_TOKEN=… ./holdfast run my-study.yaml --server https://holdfast.example.org",
      "",
      "Exit code: 0 all stages trained and evaluated, 1 some failed or were cancelled,",
      "2 the study is refused, 3 the local system does not start or answer."
    })
public final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;
  @Mixin private SystemOption system;
  @Mixin private SetOption set;

  @Parameters(paramLabel = "STUDY", description = "Study file (YAML or JSON).")
  private Path file;

  @Option(names = "--stay", description = "Keep the system running after the study, until Ctrl-C.")
  private boolean stay;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Screen screen = Screen.open()) {
      return run(StudyInput.read(file, set.overrides()), screen);
    } catch (StudyRefusedException refused) {
      refused.print(spec.commandLine().getErr());
      return Main.REFUSED;
    }
  }

  private int run(StudyInput input, Screen screen) throws IOException, InterruptedException {
    PrintStream out = screen.out();
    Place where = place.place(system.local());
    try (Session session =
        Session.open(where, system.whole(input.folder()), step -> out.println("· " + step))) {
      StudyView study = submit(input, session, out);
      StudyView ended = follow(study, session, screen);
      conclude(session, ended, where.home().study(ended.name()), out);
      if (stay && session.isOwn()) {
        out.println("Ctrl-C ends it.");
        Thread.currentThread().join();
      }
      return ended.completed() ? 0 : 1;
    }
  }

  private StudyView follow(StudyView study, Session session, Screen screen)
      throws InterruptedException {
    ProgressDisplay display = screen.progress();
    Thread interrupted = new Thread(() -> farewell(session, display, screen.out()));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      return new StudyFollower(session.frontier(), display).follow(study);
    } finally {
      display.end();
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException exiting) {
        // Ctrl-C came first: the hook speaks, and this thread has nothing more to say.
        Thread.currentThread().join();
      }
    }
  }

  private StudyView submit(StudyInput input, Session session, PrintStream out)
      throws IOException, InterruptedException {
    out.println("· checking the study and its corpora");
    try {
      StudyView study = session.frontier().submit(input.yaml());
      out.printf("· %s: live at %s%n%n", study.id(), session.dashboard());
      return study;
    } catch (RefusedException e) {
      throw input.refused(e);
    }
  }

  /** Ctrl-C. The system's own hook stops it; this one says so. */
  private void farewell(Session session, ProgressDisplay display, PrintStream out) {
    display.end();
    out.println();
    out.println(
        session.isOwn()
            ? "Stopping; trainers save their checkpoints. The same command goes on from here."
            : "The study goes on; the same command shows it again"
                + (session.isHere() ? ", ./holdfast down stops it." : "."));
  }

  private void conclude(Session session, StudyView study, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    StudyResults.unpack(session.frontier().report(study.id(), "zip", List.of()), folder);
    out.println();
    out.println(Files.readString(folder.resolve("summary.txt")).strip());
    out.println();
    study.reasons().forEach(reason -> out.println("FAILED  " + reason));
    out.printf("Report     %s%n", folder.resolve("report.html"));
    out.printf("           %s, with figures and tables beside it%n", folder.resolve("report.md"));
    if (session.isOwn() && !stay) {
      out.printf("Dashboard  %s once './holdfast up' runs%n", session.dashboard());
    } else {
      out.printf("Dashboard  %s%n", session.dashboard());
    }
  }
}
