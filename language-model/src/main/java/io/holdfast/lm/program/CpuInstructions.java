package io.holdfast.lm.program;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which of a processor's instructions oneDNN, libtorch's library for bf16 products on CPUs, may
 * use.
 *
 * <p>Its kernels for AMX read past the end of a matrix whose inner dimension is not a multiple of
 * 32, and multiply what they find there by zero: a NaN that an earlier tensor left in that memory
 * becomes a NaN in the product (uxlfoundation/oneDNN issue 5717; mended after the release that
 * libtorch 2.7.1 contains). A gradient that is wrong once in many runs is worse than a slower one,
 * so AMX is left out; the AVX-512 kernels do not read there.
 */
final class CpuInstructions {

  /** Read by oneDNN at its first product. */
  static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

  static final String WITHOUT_AMX = "AVX512_CORE_BF16";

  private CpuInstructions() {}

  /** Sets the limit unless the environment has one, such as {@code DEFAULT} for no limit. */
  static void limit() {
    // System.getenv is a copy: native code sees only what the C library was told.
    Linker linker = Linker.nativeLinker();
    var setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(VARIABLE);
      int keep = 0;
      int status = (int) setenv.invokeExact(name, arena.allocateFrom(WITHOUT_AMX), keep);
      if (status != 0) {
        throw new IllegalStateException("%s could not be set".formatted(VARIABLE));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("%s could not be set".formatted(VARIABLE), e);
    }
  }
}
