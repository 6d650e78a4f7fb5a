package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The Python side of a comparison, with the options that every comparison has. */
final class Peer {

  @Option(
      names = "--python",
      defaultValue = "/usr/bin/python3",
      description = "a Python with torch; ${DEFAULT-VALUE}")
  String python;

  @Option(
      names = "--peer",
      defaultValue = "benchmarks/peer",
      description = "folder of the scripts; ${DEFAULT-VALUE}")
  Path folder;

  @Option(
      names = "--peer-options",
      defaultValue = "",
      description = "more options of the script, such as \"--weights copy\"; see variants.py")
  String options;

  @Option(
      names = "--styles",
      split = ",",
      defaultValue = "common,tuned",
      description = "how the peer is written, see llama.py; ${DEFAULT-VALUE}")
  List<String> styles;

  /**
   * Runs a script on a model in a number format.
   *
   * @return its median tokens per second
   */
  double speed(
      String style,
      String script,
      ModelSize size,
      Precision precision,
      int threads,
      List<String> arguments) {
    List<String> styled = new ArrayList<>(List.of("--style", style));
    styled.addAll(arguments);
    JsonNode line = run(script, size, precision, threads, styled);
    return FreshProcess.median(line, "tokens_per_second");
  }

  /** The same in the style that it has by default; its line of JSON. */
  JsonNode run(
      String script, ModelSize size, Precision precision, int threads, List<String> arguments) {
    List<String> all = new ArrayList<>(size.peerArguments());
    all.addAll(List.of("--precision", precision.name()));
    all.addAll(arguments);
    all.addAll(Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty()).toList());
    return FreshProcess.python(python, folder.resolve(script), threads, all, waiting(precision));
  }

  /**
   * Debian's OpenBLAS, which multiplies in fp32, has threads of its own. OpenMP's, spinning while
   * they wait, take the cores from them: two threads are then three times slower than one. Passive
   * waiting mends it.
   */
  private static Map<String, String> waiting(Precision precision) {
    return precision == Precision.FP32 ? Map.of("OMP_WAIT_POLICY", "PASSIVE") : Map.of();
  }
}
