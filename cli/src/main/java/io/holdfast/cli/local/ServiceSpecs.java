package io.holdfast.cli.local;

import io.holdfast.local.FreePorts;
import io.holdfast.local.LocalPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which processes a system has, and with which settings. Ports are chosen once. */
final class ServiceSpecs {

  private final Home home;
  private final SystemOptions options;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  ServiceSpecs(Home home, SystemOptions options) {
    this.home = home;
    this.options = options;
  }

  /** Address of frontier-service. */
  URI api() {
    return URI.create(address(ServiceKind.FRONTIER.module()));
  }

  /** In start order. The infrastructure runs by now. */
  List<ServiceSpec> of(Infrastructure infrastructure) {
    List<ServiceSpec> specs = new ArrayList<>();
    for (ServiceKind kind : ServiceKind.values()) {
      if (options.services().contains(kind)) {
        names(kind).forEach(name -> specs.add(spec(name, kind, infrastructure)));
      }
    }
    return specs;
  }

  private List<String> names(ServiceKind kind) {
    return kind == ServiceKind.TRAINER
        ? IntStream.rangeClosed(1, options.trainers()).mapToObj(n -> "trainer-" + n).toList()
        : List.of(kind.module());
  }

  private ServiceSpec spec(String name, ServiceKind kind, Infrastructure infrastructure) {
    Map<String, String> properties = new HashMap<>();
    properties.put("holdfast.home", home.directory().toString());
    properties.put("holdfast.parent.pid", Long.toString(ProcessHandle.current().pid()));
    properties.put("holdfast.artifacts.root", home.artifacts().toString());
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", Integer.toString(port(name)));
    properties.put("quarkus.datasource.jdbc.url", infrastructure.jdbcUrl(kind.database()));
    properties.put("quarkus.datasource.username", LocalPostgres.USER);
    properties.put("kafka.bootstrap.servers", infrastructure.bootstrapServers());
    // On one machine, people run their own task services beside Holdfast.
    properties.put("holdfast.tasks.hosts", "*");
    properties.put("holdfast.tasks.allow-loopback", "true");
    properties.put("holdfast.tasks.allow-private", "true");
    switch (kind) {
      case DATA ->
          properties.put(
              "holdfast.corpora.roots",
              options.corpora().stream().map(Path::toString).collect(Collectors.joining(",")));
      case FRONTIER ->
          properties.put(
              "quarkus.rest-client.data-service.url", address(ServiceKind.DATA.module()));
      case TRAINER -> {
        properties.put("holdfast.trainer.worker", name);
        properties.put("holdfast.engine.trainers", Integer.toString(options.trainers()));
      }
      case EVAL -> {}
    }
    properties.putAll(options.properties());
    Map<String, String> environment = new HashMap<>(kind.environment());
    // Everybody on the machine can read a command line.
    environment.put("QUARKUS_DATASOURCE_PASSWORD", infrastructure.databasePassword());
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("DJL_OFFLINE", "true");
    return new ServiceSpec(
        name,
        port(name),
        JvmCommand.of(kind, properties, options.installation()),
        environment,
        Path.of("").toAbsolutePath(),
        "/q/health/ready",
        kind.stopLimit());
  }

  private String address(String process) {
    return "http://127.0.0.1:" + port(process);
  }

  private int port(String process) {
    return ports.computeIfAbsent(process, name -> FreePorts.remembered(home.port(name)));
  }
}
