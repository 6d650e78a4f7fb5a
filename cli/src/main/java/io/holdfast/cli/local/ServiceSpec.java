package io.holdfast.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One process to run.
 *
 * @param name unique, such as {@code trainer-2}
 * @param kind which service
 * @param port its HTTP port on 127.0.0.1
 * @param properties the service's settings
 */
record ServiceSpec(String name, ServiceKind kind, int port, Map<String, String> properties) {

  ServiceSpec {
    properties = Map.copyOf(properties);
  }

  List<String> command(Path installation) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + kind.heapMegabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Djdk.httpclient.allowRestrictedHeaders=host");
    new TreeMap<>(properties).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-jar");
    command.add(kind.jar(installation).toString());
    return command;
  }
}
