package io.holdfast.kit.process;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int STOPPED_BY_PARENT = 143;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private final Optional<Long> parent;

  /**
   * @param parent process id of the local runner that started this service, which ends with it
   */
  @Inject
  ParentWatch(@ConfigProperty(name = "holdfast.parent.pid") Optional<Long> parent) {
    this.parent = parent;
  }

  void onStart(@Observes StartupEvent event) {
    parent.ifPresent(pid -> Thread.ofVirtual().name("holdfast-parent").start(() -> watch(pid)));
  }

  private static void watch(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    try {
      while (process.isPresent() && process.get().isAlive() && !isZombie(pid)) {
        Thread.sleep(POLL);
      }
      end(pid);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ended, but nobody has asked for its exit code; in a container perhaps nobody ever will. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noSuchProcess) {
      return false;
    }
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
