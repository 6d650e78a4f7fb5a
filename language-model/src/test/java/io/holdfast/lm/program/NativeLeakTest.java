package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of steps of a tiny model, or answers of it, leave no native memory behind. */
class NativeLeakTest {

  /** Any tensor, graph or argument list is larger than this. */
  private static final long MAX_BYTES_PER_STEP = 64;

  /** What an allocator scatters, once; 10,000 steps that kept a page each would be 40 MB. */
  private static final long MAX_RESIDENT_BYTES = 4L << 20;

  @ParameterizedTest(name = "{1} steps, {0}")
  @CsvSource({"plain, 10000", "methods, 2000", "adapters, 2000", "answers, 1000"})
  void nativeMemoryAndHandlesStayAsTheyAre(String kind, int steps) throws Exception {
    assumeThat(NativeHeap.isKnown()).as("glibc has mallinfo2").isTrue();
    // Interpreted, because the JVM's compilers take megabytes from the same malloc and give them
    // back whenever they like. Most of a step is libtorch's anyway.
    Process process =
        tinySteps(
            List.of("-Xint", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
            kind,
            steps);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(number(output, "handles")).isZero();
    assertThat(number(output, "bytes")).isLessThan(MAX_BYTES_PER_STEP * steps);
    assertThat(number(output, "resident")).isLessThan(MAX_RESIDENT_BYTES);
  }

  private static Process tinySteps(List<String> jvmOptions, String kind, int steps)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(jvmOptions);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TinySteps.class.getName(),
            kind,
            Integer.toString(steps)));
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
