package io.holdfast.cli;

import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.command.CancelCommand;
import io.holdfast.cli.command.DownCommand;
import io.holdfast.cli.command.GcCommand;
import io.holdfast.cli.command.LawsCommand;
import io.holdfast.cli.command.LogsCommand;
import io.holdfast.cli.command.PinCommand;
import io.holdfast.cli.command.PlanCommand;
import io.holdfast.cli.command.RecommendCommand;
import io.holdfast.cli.command.ReportCommand;
import io.holdfast.cli.command.RunCommand;
import io.holdfast.cli.command.ServeCommand;
import io.holdfast.cli.command.StatusCommand;
import io.holdfast.cli.command.TaskCommand;
import io.holdfast.cli.command.TheoryCommand;
import io.holdfast.cli.command.TokenCommand;
import io.holdfast.cli.command.UpCommand;
import io.holdfast.cli.local.SystemFailure;
import java.io.PrintWriter;
import javax.net.ssl.SSLHandshakeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code holdfast} command line. */
@Command(
    name = "holdfast",
    description =
        "Which upstream recipe leaves a model whose post-trained skill survives the next"
            + " fine-tuning, and at what price?",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ReportCommand.class,
      RecommendCommand.class,
      LawsCommand.class,
      UpCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      CancelCommand.class,
      DownCommand.class,
      TokenCommand.class,
      ServeCommand.class,
      TaskCommand.class,
      GcCommand.class,
      PinCommand.class,
      TheoryCommand.class
    },
    footer = {
      "  build   Build everything (the other commands do it when sources changed).",
      "  verify  Build, and pass every test.",
      "",
      "Start here:",
      "  ./holdfast plan studies/quickstart.yaml   what would be trained, and what it would cost",
      "  ./holdfast run studies/quickstart.yaml    train, evaluate, compare, report",
      "  ./holdfast theory                         why early exposure helps, on a small network",
      "",
      "All state lives in one folder, .holdfast unless --home says otherwise.",
      "'./holdfast COMMAND --help' explains a command, with examples."
    })
public final class Main {

  /** Exit code when the input is at fault; picocli uses it for wrong options too. */
  public static final int REFUSED = 2;

  /** Exit code when the local system is at fault. */
  public static final int SYSTEM = 3;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Main::explain);
    line.setParameterExceptionHandler(Main::explainUsage);
    return line;
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    PrintWriter err = line.getErr();
    return switch (failure) {
      case SystemFailure system -> {
        err.println(system.getMessage());
        yield SYSTEM;
      }
      case RefusedException refused -> {
        err.println(refused.getMessage());
        yield SYSTEM;
      }
      case SSLHandshakeException untrusted -> {
        err.printf("Its certificate is not trusted: %s.%n", untrusted.getMessage());
        err.println("If its authority is not a public one, name that one's certificate with --ca.");
        yield SYSTEM;
      }
      case java.io.IOException broken -> {
        err.println("Holdfast does not answer: " + broken.getMessage());
        yield SYSTEM;
      }
      default -> throw failure;
    };
  }

  /** The complaint and where help is, instead of a page of help below which nobody finds it. */
  private static int explainUsage(CommandLine.ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.printf("Try './%s --help'.%n", wrong.getCommandLine().getCommandSpec().qualifiedName());
    return REFUSED;
  }
}
