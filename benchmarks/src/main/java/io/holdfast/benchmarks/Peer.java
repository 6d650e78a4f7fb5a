package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  JsonNode run(String script, ModelSize size, int threads, List<String> arguments) {
    List<String> all = new ArrayList<>(size.peerArguments());
    all.addAll(arguments);
    all.addAll(Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty()).toList());
    return FreshProcess.python(python, folder.resolve(script), threads, all);
  }
}
