package io.holdfast.frontier;

import io.holdfast.local.Identity;
import io.holdfast.local.PrivateAuthority;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** An authority whose certificates the service trusts when task services show them, and one. */
public final class TaskAuthority implements QuarkusTestResourceLifecycleManager {

  static final String KEY_STORE = "test.task.key-store";
  static final String PASSWORD = "test.task.password";

  @Override
  public Map<String, String> start() {
    PrivateAuthority authority = PrivateAuthority.in(Path.of("target", "task-authority"));
    Identity task = authority.issue("task");
    return Map.of(
        "holdfast.tasks.tls-configuration-name",
        "tasks",
        "quarkus.tls.tasks.trust-store.pem.certs",
        authority.certificate().toString(),
        KEY_STORE,
        task.keyStore().toString(),
        PASSWORD,
        task.password());
  }

  @Override
  public void stop() {
    // Nothing was started.
  }
}
