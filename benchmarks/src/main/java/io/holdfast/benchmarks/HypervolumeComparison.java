package io.holdfast.benchmarks;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Runs the JMH benchmarks of the statistics; takes JMH's own options, such as {@code -f 1 -i 3}.
 */
public final class HypervolumeComparison {

  private HypervolumeComparison() {}

  public static void main(String[] arguments) throws IOException {
    org.openjdk.jmh.Main.main(
        Stream.concat(Stream.of("benchmarks\\.hypervolume\\."), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
