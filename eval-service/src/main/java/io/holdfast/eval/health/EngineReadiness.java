package io.holdfast.eval.health;

import io.holdfast.kit.health.LoadedAtStart;
import io.holdfast.lm.program.LibTorch;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

/** Ready once libtorch is loaded. */
@Readiness
@Singleton
class EngineReadiness extends LoadedAtStart {

  EngineReadiness() {
    super("engine");
  }

  void onStart(@Observes StartupEvent event) {
    begin();
  }

  @Override
  protected void load() {
    LibTorch.start();
  }
}
