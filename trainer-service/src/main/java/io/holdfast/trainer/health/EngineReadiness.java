package io.holdfast.trainer.health;

import io.holdfast.lm.program.LibTorch;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready once libtorch is loaded. It is loaded at start, not with the first stage, so that a machine
 * which cannot load it says so at once.
 */
@Readiness
@ApplicationScoped
class EngineReadiness implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(EngineReadiness.class);

  private volatile boolean loaded;
  private volatile String failure;

  void onStart(@Observes StartupEvent event) {
    Thread.ofPlatform().name("holdfast-engine-start").daemon().start(this::load);
  }

  private void load() {
    try {
      LibTorch.start();
      loaded = true;
    } catch (RuntimeException | LinkageError e) {
      failure = String.valueOf(e.getMessage());
      LOG.error("The engine cannot be loaded; this process is of no use", e);
    }
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("engine").status(loaded);
    if (failure != null) {
      response.withData("failure", failure);
    }
    return response.build();
  }
}
