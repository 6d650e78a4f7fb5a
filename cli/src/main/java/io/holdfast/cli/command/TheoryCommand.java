package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.figure.Figure;
import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.TextPlot;
import io.holdfast.theory.Finding;
import io.holdfast.theory.TheoryFigures;
import io.holdfast.theory.TheoryPage;
import io.holdfast.theory.TheoryRun;
import io.holdfast.theory.TheoryTables;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast theory}. */
@Command(
    name = "theory",
    header = "Show why early exposure helps, on a network small enough to solve by hand.",
    description = {
      "",
      "Trains the two-layer linear network of the paper (arXiv 2605.12705) through the three stages,"
          + " with and without early exposure, by gradient descent on its matrices, and compares it"
          + " with the closed forms. Takes seconds and needs no services. Writes a page, figures and"
          + " tables.",
      "",
      "The tasks share their n features. n − 2k are invariant: equal in all tasks and the strongest."
          + " k are inconsistent: 1 to 1.2 in pretraining and fine-tuning, 1.1·c_mis more in"
          + " post-training. k are specialized: only post-training data has them, with strength beta"
          + " < c_mis/2. Weights start at exp(−T); time is learning rate × steps."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast theory",
      "  ./holdfast theory --alpha 0.05                 too little exposure for this much pretraining",
      "  ./holdfast theory --alpha 0.05 --pretrain-time 200",
      "  ./holdfast theory --start random --seed 7      weights as networks really start"
    })
public final class TheoryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TheoryOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ".holdfast/theory",
      description = "Folder for page, figures and tables (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    try (Screen screen = Screen.open()) {
      TheoryRun run = TheoryRun.of(options.settings());
      print(run, screen.out());
      write(run);
      screen.out().println();
      screen.out().println("Page, figures and tables: " + output.resolve("theory.html"));
      return 0;
    } catch (InvalidInputException refused) {
      PrintWriter err = spec.commandLine().getErr();
      refused.problems().stream().map(Problem::describe).forEach(err::println);
      err.println("Try './holdfast theory --help'.");
      return Main.REFUSED;
    }
  }

  private static void print(TheoryRun run, PrintStream out) {
    for (TheoryFigures figure :
        new TheoryFigures[] {TheoryFigures.LEARNING_EXPOSED, TheoryFigures.LEARNING_UNEXPOSED}) {
      Figure drawn = figure.of(run);
      out.println(drawn.title());
      out.println(TextPlot.draw(drawn));
      for (int i = 0; i < drawn.series().size(); i++) {
        out.println("  " + TextPlot.letter(i, false) + " " + drawn.series().get(i).name());
      }
      out.println();
    }
    for (Finding finding : Finding.of(run)) {
      out.println((finding.holds() ? "✓ " : "✗ ") + finding.statement());
      out.println("  " + finding.evidence());
    }
  }

  private void write(TheoryRun run) throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("theory.html"), TheoryPage.of(run));
    for (TheoryFigures figure : TheoryFigures.values()) {
      Files.writeString(output.resolve(figure.fileName() + ".svg"), FigureSvg.draw(figure.of(run)));
    }
    for (Map.Entry<String, String> table : TheoryTables.of(run).entrySet()) {
      Files.writeString(output.resolve(table.getKey()), table.getValue());
    }
  }
}
