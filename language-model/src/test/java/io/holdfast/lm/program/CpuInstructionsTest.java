package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class CpuInstructionsTest {

  @Test
  void theEnginesLibrariesSeeTheLimitAndTheEnvironmentWins() throws Throwable {
    String wanted = System.getenv(CpuInstructions.VARIABLE);

    LibTorch.start();

    assertThat(nativeVariable(CpuInstructions.VARIABLE))
        .isEqualTo(wanted == null ? CpuInstructions.WITHOUT_AMX : wanted);
  }

  private static String nativeVariable(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    var getenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getenv"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
      return value.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
