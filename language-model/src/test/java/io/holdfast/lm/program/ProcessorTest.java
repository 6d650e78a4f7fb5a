package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.holdfast.lm.program.Processor.Cpu;
import io.holdfast.lm.program.Processor.Cuda;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {

  private static final Cuda GPU = new Cuda(80L << 30);

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "auto", " auto "})
  void aGpuIsTakenWhereThereIsOne(String wanted) {
    assertThat(Processor.choose(wanted, Optional.of(GPU))).isEqualTo(GPU);
    assertThat(Processor.choose(wanted, Optional.empty())).isEqualTo(new Cpu());
  }

  @Test
  void anOperatorsChoiceWins() {
    assertThat(Processor.choose("cpu", Optional.of(GPU))).isEqualTo(new Cpu());
    assertThat(Processor.choose("cuda", Optional.of(GPU))).isEqualTo(GPU);
    assertThatThrownBy(() -> Processor.choose("cuda", Optional.empty()))
        .hasMessageContaining("no CUDA device");
    assertThatThrownBy(() -> Processor.choose("tpu", Optional.of(GPU)))
        .hasMessageContaining("tpu")
        .hasMessageContaining(Processor.VARIABLE);
  }

  @Test
  void attentionTokensAndMemoryFollowTheProcessor() {
    assertThat(new Cpu().attention()).isEqualTo(Attention.PLAIN);
    assertThat(GPU.attention()).isEqualTo(Attention.FUSED);
    assertThat(GPU.mostTokens()).isGreaterThan(new Cpu().mostTokens());
    assertThat(GPU.memory()).isEqualTo(80L << 30);
  }

  @Test
  void tensorsOnADeviceAreReadThroughTheHost() {
    assertThat(TensorAccess.to(Device.gpu()).staged()).isTrue();
    assertThat(TensorAccess.to(Device.cpu()).staged()).isFalse();
  }
}
