package io.holdfast.lm.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Bytes that this process holds from glibc's malloc: libtorch's, not the Java heap's. */
final class NativeHeap {

  /** {@code struct mallinfo2}: ten size_t. */
  private static final MemoryLayout MALLINFO2 =
      MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);

  private static final int MAPPED = 5;
  private static final int IN_USE = 7;

  private NativeHeap() {}

  private static Optional<MemorySegment> mallinfo2() {
    return Linker.nativeLinker().defaultLookup().find("mallinfo2");
  }

  /** Whether the C library can say it. */
  static boolean isKnown() {
    return mallinfo2().isPresent();
  }

  static long bytesInUse() {
    MethodHandle call =
        Linker.nativeLinker()
            .downcallHandle(
                mallinfo2().orElseThrow(),
                FunctionDescriptor.of(MemoryLayout.structLayout(MALLINFO2)));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) call.invoke((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
          + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 failed", e);
    }
  }

  /** Bytes of this process that are in memory, Java's among them. */
  static long residentBytes() {
    return status("VmRSS:");
  }

  /** Most bytes of this process that were in memory since {@link #forgetPeak}. */
  static long peakBytes() {
    return status("VmHWM:");
  }

  static void forgetPeak() throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
  }

  private static long status(String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
