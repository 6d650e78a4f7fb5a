package io.holdfast.lm.checkpoint;

import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.Path;

/** Saves checkpoint after checkpoint until it is killed, or storage refuses. */
final class EndlessSaver {

  private EndlessSaver() {}

  /**
   * Runs in a JVM of its own.
   *
   * @param arguments directory with a tokenizer.json; first step; last step
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    CheckpointSeries series = new CheckpointSeries(directory.resolve("stage"));
    for (long step = Long.parseLong(arguments[1]); step <= Long.parseLong(arguments[2]); step++) {
      System.out.println("saving " + step);
      try {
        series.save(step, CheckpointFixture.contents(directory.resolve("tokenizer.json"), step));
      } catch (StorageException e) {
        System.out.println("refused " + e.getMessage());
        return;
      }
      System.out.println("saved " + step);
      series.prune(2);
    }
  }
}
