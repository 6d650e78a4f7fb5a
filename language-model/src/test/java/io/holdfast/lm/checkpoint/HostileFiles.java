package io.holdfast.lm.checkpoint;

import static java.util.stream.Collectors.joining;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Opens files that were made to hurt, in a JVM of its own with little memory. For each it prints
 * its name, what came of it and the processor's milliseconds.
 */
final class HostileFiles {

  private static final String EMPTY = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";

  private final Path file;

  private HostileFiles(Path file) {
    this.file = file;
  }

  /**
   * Runs in a JVM of its own.
   *
   * @param arguments a directory to write to
   */
  public static void main(String[] arguments) throws IOException {
    HostileFiles files = new HostileFiles(Path.of(arguments[0]).resolve("model.safetensors"));
    files.header("a million tensors", 1_000_000, i -> "\"t" + i + "\":" + EMPTY);
    files.header("as many as fit", 250_000, i -> "\"" + i + "\":" + EMPTY);
    files.header(
        "the most that are read", SafetensorsHeader.MAX_TENSORS, i -> "\"" + i + "\":" + EMPTY);
    files.header("one name twice", 2, i -> "\"a\":" + EMPTY);
    files.header(
        "endless metadata", 1, i -> "\"__metadata__\":{\"a\":\"" + "x".repeat(15 << 20) + "\"}");
    files.header("many metadata", 1, i -> "\"__metadata__\":{" + entries(100_000) + "}");
    files.header("an endless name", 1, i -> "\"" + "x".repeat(8 << 20) + "\":" + EMPTY);
    files.header("an endless shape", 1, i -> tensor("[" + "1,".repeat(4 << 20) + "1]", "[0,0]"));
    files.header("a shape beyond 2^63", 1, i -> tensor("[4294967296,4294967296]", "[0,0]"));
    files.header("an endless number", 1, i -> tensor("[" + "9".repeat(8 << 20) + "]", "[0,0]"));
    files.header("a shape of NaN", 1, i -> tensor("[NaN]", "[0,0]"));
    files.header("offsets of NaN", 1, i -> tensor("[0]", "[NaN,NaN]"));
    files.header("offsets beyond the file", 1, i -> tensor("[9000000000]", "[0,9000000000]"));
    files.header("deep nesting", 1, i -> "\"a\":" + "[".repeat(4 << 20));
    for (long length : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 33, 99_999_999}) {
      files.length(length);
    }
    files.index("a million tensors in the index", 1_000_000);
    files.index("as many as fit the index", 60_000);
  }

  private static String entries(int count) {
    return IntStream.range(0, count).mapToObj("\"%d\":\"\""::formatted).collect(joining(","));
  }

  private static String tensor(String shape, String offsets) {
    return "\"a\":{\"dtype\":\"U8\",\"shape\":%s,\"data_offsets\":%s}".formatted(shape, offsets);
  }

  private void header(String name, int entries, IntFunction<String> entry) throws IOException {
    long length = 2;
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[Long.BYTES]);
      out.write('{');
      for (int i = 0; i < entries; i++) {
        byte[] text = ((i == 0 ? "" : ",") + entry.apply(i)).getBytes(StandardCharsets.UTF_8);
        out.write(text);
        length += text.length;
      }
      out.write('}');
    }
    writeLength(length);
    open(name, path -> Safetensors.open(path).close());
  }

  private void length(long length) throws IOException {
    Files.write(file, new byte[64]);
    writeLength(length);
    open("length " + length, path -> Safetensors.open(path).close());
  }

  private void writeLength(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.write(bytes.putLong(length).flip());
    }
  }

  private void index(String name, int entries) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("{\"weight_map\":{\"a\":\"a.safetensors\"");
      for (int i = 0; i < entries; i++) {
        out.write(",\"" + i + "\":\"" + i + ".safetensors\"");
      }
      out.write("}}");
    }
    open(name, WeightIndex::read);
  }

  private void open(String name, Consumer<Path> reader) {
    var threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    String outcome = "accepted";
    try {
      reader.accept(file);
    } catch (UnusableArtifactException refused) {
      outcome = "refused";
    }
    long millis = (threads.getCurrentThreadCpuTime() - began) / 1_000_000;
    System.out.println(name + ";" + outcome + ";" + millis);
  }
}
