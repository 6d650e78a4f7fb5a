package io.holdfast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

  /** The shell becomes a process that never asks for its child's exit code. */
  @Test
  void zombieHasEnded() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      assertThat(ProcessEnd.await(child, Duration.ofSeconds(20))).isTrue();
      assertThat(child.isAlive()).as("the JDK counts a zombie as alive").isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void runningProcessHasNotEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(ProcessEnd.await(process.toHandle(), Duration.ofMillis(100))).isFalse();
    } finally {
      process.destroyForcibly();
    }
    assertThat(ProcessEnd.await(process.toHandle(), Duration.ofSeconds(20))).isTrue();
  }
}
