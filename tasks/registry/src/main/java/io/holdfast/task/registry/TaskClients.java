package io.holdfast.task.registry;

import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import io.holdfast.task.client.Trust;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Builds the service's one client of task services from its configuration. */
class TaskClients {

  @Produces
  @Singleton
  TaskClient client(TasksConfig config, TlsConfigurationRegistry tls) {
    return new TaskClient(
        access(config),
        TaskLimits.DEFAULT,
        Resolver.SYSTEM,
        config.tlsConfigurationName().map(name -> trust(name, tls)).orElseGet(Trust::system));
  }

  void close(@Disposes TaskClient client) {
    client.close();
  }

  private static SSLContext trust(String name, TlsConfigurationRegistry tls) {
    TlsConfiguration configuration =
        tls.get(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "holdfast.tasks.tls-configuration-name is %1$s, and there is no quarkus.tls.%1$s.trust-store.*."
                            .formatted(name)));
    try {
      return configuration.createSSLContext();
    } catch (Exception e) {
      throw new IllegalStateException("quarkus.tls.%s.* cannot be used".formatted(name), e);
    }
  }

  private static TaskAccess access(TasksConfig config) {
    Set<AddressKind> kinds = EnumSet.of(AddressKind.PUBLIC);
    if (config.allowLoopback()) {
      kinds.add(AddressKind.LOOPBACK);
    }
    if (config.allowPrivate()) {
      kinds.add(AddressKind.PRIVATE);
    }
    if (config.allowLinkLocal()) {
      kinds.add(AddressKind.LINK_LOCAL);
    }
    return new TaskAccess(config.hosts().orElse(List.of()), kinds);
  }
}
