package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibTorchTest {

  @AfterEach
  void unset() {
    System.clearProperty(LibTorch.THREADS_PROPERTY);
  }

  @Test
  void hasAsManyThreadsAsAskedFor() {
    System.setProperty(LibTorch.THREADS_PROPERTY, "3");

    assertThat(LibTorch.threads()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5"})
  void refusesWhatIsNoNumberOfThreads(String text) {
    System.setProperty(LibTorch.THREADS_PROPERTY, text);

    assertThatThrownBy(LibTorch::threads)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining(LibTorch.THREADS_VARIABLE);
  }
}
