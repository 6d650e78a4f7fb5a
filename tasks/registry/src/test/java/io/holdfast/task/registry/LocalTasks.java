package io.holdfast.task.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets a service under test speak to task services on this machine, and look for them often. */
public final class LocalTasks implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of(
        "holdfast.tasks.hosts", "127.0.0.1",
        "holdfast.tasks.allow-loopback", "true",
        "holdfast.registration.heartbeat", "300ms",
        "holdfast.registration.expiry", "3s");
  }

  @Override
  public void stop() {
    // Nothing was started.
  }
}
