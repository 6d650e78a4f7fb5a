package io.holdfast.eval.health;

import io.holdfast.kit.health.LoadedAtStart;
import io.holdfast.kit.work.WorkConfig;
import io.holdfast.lm.program.LibTorch;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

/** Ready once libtorch is loaded; a process that only hears and submits work needs none. */
@Readiness
@Singleton
class EngineReadiness extends LoadedAtStart {

  private final WorkConfig work;

  @Inject
  EngineReadiness(WorkConfig work) {
    super("engine");
    this.work = work;
  }

  void onStart(@Observes StartupEvent event) {
    if (work.enabled()) {
      begin();
    } else {
      skip();
    }
  }

  @Override
  protected void load() {
    LibTorch.start();
  }
}
