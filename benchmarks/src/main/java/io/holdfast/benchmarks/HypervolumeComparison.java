package io.holdfast.benchmarks;

import io.holdfast.benchmarks.hypervolume.MoocoreComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Runs the JMH benchmarks of the statistics; takes JMH's own options, such as {@code -f 1 -i 3}.
 * With {@code --moocore PATH}, compares with that program instead.
 */
public final class HypervolumeComparison {

  private HypervolumeComparison() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2 && arguments[0].equals("--moocore")) {
      MoocoreComparison.run(Path.of(arguments[1]));
      return;
    }
    org.openjdk.jmh.Main.main(
        Stream.concat(Stream.of("benchmarks\\.hypervolume\\."), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
