package io.holdfast.task.registry;

import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Builds the service's one client of task services from its configuration. */
class TaskClients {

  @Produces
  @Singleton
  TaskClient client(TasksConfig config) {
    return new TaskClient(access(config), TaskLimits.DEFAULT, Resolver.SYSTEM);
  }

  void close(@Disposes TaskClient client) {
    client.close();
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
