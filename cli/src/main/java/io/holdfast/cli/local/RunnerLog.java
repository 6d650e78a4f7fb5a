package io.holdfast.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends what Kafka's broker and PostgreSQL's starter log to a file, and keeps it off the screen.
 */
public final class RunnerLog {

  /** Held here: the log manager itself holds loggers weakly. */
  private static final Logger ROOT = Logger.getLogger("");

  private RunnerLog() {}

  /** The broker lives in this process, so this is its log. */
  public static void open(Home home) {
    try {
      LogFile file = new LogFile(home.logs().resolve("infrastructure.log"));
      file.rotate();
      Files.createDirectories(home.logs());
      LogManager.getLogManager().reset();
      Handler handler = new FileHandler(file.path().toString(), true);
      System.setProperty(
          "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT,%1$tL %4$-7s [%3$s] %5$s%6$s%n");
      handler.setFormatter(new SimpleFormatter());
      handler.setLevel(Level.ALL);
      ROOT.addHandler(handler);
      ROOT.setLevel(Level.WARNING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot log to " + home.logs(), e);
    }
  }

  /** No broker here: nothing to log, and nothing on the screen. */
  public static void silence() {
    LogManager.getLogManager().reset();
  }
}
