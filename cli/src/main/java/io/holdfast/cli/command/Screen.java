package io.holdfast.cli.command;

import io.holdfast.cli.display.LineLog;
import io.holdfast.cli.display.LiveTable;
import io.holdfast.cli.display.ProgressDisplay;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Standard output, which is a terminal or is not. */
final class Screen implements AutoCloseable {

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final Terminal terminal;

  private Screen(Terminal terminal) {
    this.terminal = terminal;
  }

  static Screen open() {
    Console console = System.console();
    if (console == null || !console.isTerminal() || "dumb".equals(System.getenv("TERM"))) {
      return new Screen(null);
    }
    try {
      return new Screen(TerminalBuilder.builder().system(true).dumb(false).build());
    } catch (IOException | IllegalStateException noTerminal) {
      return new Screen(null);
    }
  }

  PrintStream out() {
    return out;
  }

  boolean isTerminal() {
    return terminal != null;
  }

  ProgressDisplay progress() {
    return terminal == null ? new LineLog(out, System::nanoTime) : new LiveTable(out, this::size);
  }

  private Size size() {
    return terminal.getSize();
  }

  @Override
  public void close() {
    if (terminal != null) {
      try {
        terminal.close();
      } catch (IOException gone) {
        // Nothing is drawn any more.
      }
    }
  }
}
