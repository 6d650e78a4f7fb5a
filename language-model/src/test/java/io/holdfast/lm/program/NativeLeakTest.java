package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two thousand steps of a tiny model leave no native memory behind. */
class NativeLeakTest {

  private static final int STEPS = 2000;

  /** Any tensor, graph or argument list is larger than this. */
  private static final long MAX_BYTES_PER_STEP = 64;

  @Test
  void nativeMemoryAndHandlesStayAsTheyAre() throws Exception {
    assumeThat(NativeHeap.isKnown()).as("glibc has mallinfo2").isTrue();
    // Interpreted, because the JVM's compilers take megabytes from the same malloc and give them
    // back whenever they like.
    Process process = tinySteps("-Xint", "-Xmx64m", "-XX:+UseSerialGC");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(number(output, "handles")).isZero();
    assertThat(number(output, "bytes")).isLessThan(MAX_BYTES_PER_STEP * STEPS);
  }

  private static Process tinySteps(String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(jvmOptions));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TinySteps.class.getName(),
            Integer.toString(STEPS)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static long number(String output, String label) {
    return output
        .lines()
        .filter(line -> line.startsWith(label + " "))
        .mapToLong(line -> Long.parseLong(line.substring(label.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(output));
  }
}
