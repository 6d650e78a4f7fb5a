package io.holdfast.lm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets this process run out of native memory at a chosen moment, and gives it back: Linux's limit
 * of private writable memory.
 */
public final class DataLimit {

  private static final int RLIMIT_DATA = 2;

  private DataLimit() {}

  /** Leaves as much more as is said, over what the process has now. */
  public static void leave(long bytes) {
    set(dataBytes() + bytes);
  }

  public static void lift() {
    set(-1);
  }

  private static long dataBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmData:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the soft limit; the hard one stays at infinity, so that it can be lifted. */
  private static void set(long soft) {
    Linker linker = Linker.nativeLinker();
    var setrlimit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setrlimit"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocateFrom(ValueLayout.JAVA_LONG, soft, -1);
      int status = (int) setrlimit.invokeExact(RLIMIT_DATA, limits);
      if (status != 0) {
        throw new IllegalStateException("setrlimit failed");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setrlimit failed", e);
    }
  }
}
