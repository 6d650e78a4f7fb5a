package io.holdfast.kit.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.logging.Logger;

/**
 * Readiness of something that a process is of no use without. It is loaded when the process starts,
 * on a thread of its own, and not with the first work: a machine that cannot load it says so at
 * once.
 */
public abstract class LoadedAtStart implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(LoadedAtStart.class);

  private final String name;
  private volatile boolean ready;
  private volatile String failure;

  /** With the name of the check. */
  protected LoadedAtStart(String name) {
    this.name = name;
  }

  /** Loads it, once. */
  protected abstract void load();

  /** Begins to load; to be called when the process starts. */
  protected final void begin() {
    Thread.ofPlatform().name("holdfast-%s-start".formatted(name)).daemon().start(this::loading);
  }

  /** This process has no use for it: it is ready without. */
  protected final void skip() {
    ready = true;
  }

  private void loading() {
    try {
      load();
      ready = true;
    } catch (RuntimeException | LinkageError e) {
      failure = String.valueOf(e.getMessage());
      LOG.errorf(e, "The %s cannot be loaded; this process is of no use", name);
    }
  }

  @Override
  public final HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(ready);
    if (failure != null) {
      response.withData("failure", failure);
    }
    return response.build();
  }
}
