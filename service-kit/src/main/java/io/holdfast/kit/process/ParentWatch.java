package io.holdfast.kit.process;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A service that the local runner started ends with it, even when the runner was killed and could
 * not say goodbye. Off unless {@code holdfast.parent.pid} is set.
 */
@ApplicationScoped
class ParentWatch {

  private static final Logger LOG = Logger.getLogger(ParentWatch.class);
  private static final int STOPPED_BY_PARENT = 143;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private final Optional<Long> parent;

  @Inject
  ParentWatch(@ConfigProperty(name = "holdfast.parent.pid") Optional<Long> parent) {
    this.parent = parent;
  }

  void onStart(@Observes StartupEvent event) {
    parent.ifPresent(
        pid ->
            ProcessHandle.of(pid)
                .ifPresentOrElse(
                    process -> process.onExit().thenRun(() -> end(pid)), () -> end(pid)));
  }

  private static void end(long pid) {
    LOG.warnf("The process %d that started this service is gone; stopping", pid);
    Thread.ofPlatform().daemon().start(ParentWatch::haltAfterLimit);
    Quarkus.asyncExit(STOPPED_BY_PARENT);
  }

  /** A handler that does not return must not keep an orphan alive. */
  private static void haltAfterLimit() {
    try {
      Thread.sleep(STOP_LIMIT);
    } catch (InterruptedException ignored) {
      // Nobody interrupts this thread; if somebody does, the limit is over.
    }
    Runtime.getRuntime().halt(STOPPED_BY_PARENT);
  }
}
