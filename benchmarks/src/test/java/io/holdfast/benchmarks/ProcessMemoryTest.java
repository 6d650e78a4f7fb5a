package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

  @Test
  void readsAFieldInItsUnit() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  2048 kB", "VmRSS:\t     3 kB");
    assertThat(ProcessMemory.bytes(status, "VmHWM")).isEqualTo(2_097_152);
    assertThat(ProcessMemory.bytes(status, "VmRSS")).isEqualTo(3072);
  }

  @Test
  void refusesAStatusWithoutTheField() {
    assertThatThrownBy(() -> ProcessMemory.bytes(List.of("VmPeak:\t 1 kB"), "VmHWM"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void seesMemoryThatIsTouched() {
    long before = ProcessMemory.residentBytes();
    byte[] touched = new byte[8 << 20];
    for (int i = 0; i < touched.length; i += 1024) {
      touched[i] = 1;
    }
    assertThat(ProcessMemory.peakBytes()).isGreaterThanOrEqualTo(before);
    assertThat(touched).isNotEmpty();
  }
}
