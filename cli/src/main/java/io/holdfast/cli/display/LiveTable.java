package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/** Draws the study's table over itself, a few times a second at most. */
public final class LiveTable implements ProgressDisplay {

  private static final Duration FRAME = Duration.ofMillis(150);
  private static final Size USUAL = new Size(80, 24);

  private final PrintStream out;
  private final Supplier<Size> size;
  private int drawn;
  private long lastFrame;
  private StudyView pending;
  private boolean ended;

  /**
   * @param size of the terminal, asked before each frame
   */
  public LiveTable(PrintStream out, Supplier<Size> size) {
    this.out = out;
    this.size = size;
  }

  @Override
  public synchronized void show(StudyView study) {
    if (ended) {
      return;
    }
    pending = study;
    if (System.nanoTime() - lastFrame >= FRAME.toNanos() || study.ended()) {
      draw();
    }
  }

  @Override
  public synchronized void say(String sentence) {
    erase();
    out.println(sentence);
    draw();
  }

  @Override
  public synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    draw();
    drawn = 0;
    pending = null;
    out.flush();
  }

  private void draw() {
    if (pending == null) {
      return;
    }
    Size now = size.get();
    // Terminals that do not tell say 0.
    int columns = now.getColumns() > 0 ? now.getColumns() : USUAL.getColumns();
    int rows = now.getRows() > 0 ? now.getRows() : USUAL.getRows();
    List<String> lines = StudyTable.lines(pending, columns - 1, rows - 2);
    erase();
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
    lastFrame = System.nanoTime();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }
}
