package io.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The command line in this JVM, and all that it said. */
public final class Commands {

  private final StringWriter output = new StringWriter();

  /** Exit code of a command. */
  public int execute(String... arguments) {
    PrintWriter writer = new PrintWriter(output, true);
    return Main.commandLine().setOut(writer).setErr(writer).execute(arguments);
  }

  /** What the commands said so far. */
  public String output() {
    return output.toString();
  }
}
