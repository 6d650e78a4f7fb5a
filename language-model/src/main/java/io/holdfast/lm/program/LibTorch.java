package io.holdfast.lm.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.holdfast.lm.Telemetry;
import java.util.Optional;

/**
 * The native engine, started once per process without telemetry and without downloads. Its
 * libraries are unpacked below {@code DJL_CACHE_DIR} on first use.
 */
public final class LibTorch {

  /** Threads inside one operation; 1 by default. */
  public static final String THREADS_PROPERTY = "holdfast.engine.threads";

  /** Environment variable of the same meaning; the property wins. */
  public static final String THREADS_VARIABLE = "HOLDFAST_ENGINE_THREADS";

  private static Engine engine;
  private static Processor processor;
  private static int threads;

  private LibTorch() {}

  /**
   * Threads inside one operation, fixed when the engine starts. One by default, because several
   * one-thread trainers use a machine better than one trainer with several threads, and too many
   * threads slow a step tenfold.
   */
  public static int threads() {
    String text = System.getProperty(THREADS_PROPERTY, System.getenv(THREADS_VARIABLE));
    if (text == null || text.isBlank()) {
      return 1;
    }
    try {
      int threads = Integer.parseInt(text.strip());
      if (threads > 0) {
        return threads;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below, like a number that is no number of threads.
    }
    throw new IllegalArgumentException(
        "%s or %s must be a positive number of threads: %s"
            .formatted(THREADS_PROPERTY, THREADS_VARIABLE, text));
  }

  /**
   * Loads the engine now instead of with its first use; doing it again is free.
   *
   * @throws EngineFailure when the engine does not start
   */
  public static void start() {
    engine();
  }

  /**
   * A manager that owns native memory until it is closed.
   *
   * @throws EngineFailure when the engine does not start
   */
  static PtNDManager newManager() {
    return (PtNDManager) engine().newBaseManager(device());
  }

  /**
   * What programs run on, fixed when the engine starts.
   *
   * @throws EngineFailure when the engine does not start
   */
  public static Processor processor() {
    engine();
    return processor;
  }

  /** Where tensors are made. */
  static Device device() {
    return switch (processor()) {
      case Processor.Cpu cpu -> Device.cpu();
      case Processor.Cuda cuda -> Device.gpu();
    };
  }

  private static Optional<Processor.Cuda> cuda(Engine engine) {
    return engine.getGpuCount() == 0
        ? Optional.empty()
        : Optional.of(new Processor.Cuda(CudaUtils.getGpuMemory(Device.gpu()).getMax()));
  }

  /**
   * Prepares the calling thread for a program: both settings belong to the thread. The graph
   * optimizer rewrites a program after its first runs, so a resumed stage would not repeat an
   * unbroken one's arithmetic; without it every run executes the program as it is written.
   */
  static void prepareThread() {
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(threads);
  }

  private static synchronized Engine engine() {
    if (engine == null) {
      threads = threads();
      Telemetry.off();
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      try {
        CpuInstructions.limit();
        Engine started = Engine.getEngine("PyTorch");
        processor =
            Processor.choose(
                System.getProperty(Processor.PROPERTY, System.getenv(Processor.VARIABLE)),
                cuda(started));
        engine = started;
      } catch (EngineException e) {
        throw EngineFailure.of(e);
      }
    }
    return engine;
  }
}
