package io.holdfast.lm.program;

import ai.djl.engine.EngineException;
import java.util.Locale;

/** The native engine refused or failed; {@link #outOfMemory} tells the one expected reason. */
public final class EngineFailure extends RuntimeException {

  private final boolean outOfMemory;

  private EngineFailure(String message, boolean outOfMemory, Throwable cause) {
    super(message, cause);
    this.outOfMemory = outOfMemory;
  }

  static EngineFailure of(EngineException cause) {
    String message = String.valueOf(cause.getMessage());
    return new EngineFailure(reason(message), saysOutOfMemory(message), cause);
  }

  /** libtorch has no error code for it: CPU allocator, CUDA allocator and operator new say so. */
  private static boolean saysOutOfMemory(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("can't allocate memory")
        || text.contains("out of memory")
        || text.contains("bad_alloc");
  }

  /** The last line that says what went wrong; a script's call stack comes before it. */
  private static String reason(String message) {
    int at = message.lastIndexOf("RuntimeError: ");
    return (at < 0 ? message : message.substring(at + "RuntimeError: ".length())).strip();
  }

  /** Whether native memory was not enough. */
  public boolean outOfMemory() {
    return outOfMemory;
  }
}
