package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lm.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are large, and files that only say so. */
class SafetensorsLimitsTest {

  private static final long MOST_MILLIS = 1000;

  @TempDir Path directory;

  @Test
  void hostileFilesAreRefusedWithinASecondAnd64Megabytes() throws Exception {
    Process child = ChildJvm.start(List.of(), HostileFiles.class, List.of(directory.toString()));
    List<String> lines = child.inputReader().lines().toList();

    // An OutOfMemoryError or a crash would end it early, and be among the lines.
    assertThat(child.waitFor()).as("%s", lines).isZero();
    assertThat(lines).hasSize(21);
    assertThat(lines)
        .allSatisfy(
            line -> {
              String[] parts = line.split(";");
              boolean legal = parts[0].equals("the most that are read");
              assertThat(parts[1]).as(line).isEqualTo(legal ? "accepted" : "refused");
              assertThat(Long.parseLong(parts[2])).as(line).isLessThan(MOST_MILLIS);
            });
  }

  /** A sparse file: 8.8 GB long, some bytes on disk. */
  @Test
  void readsBeyondTwoGigabytesAndTwoBillionElements() throws IOException {
    long halves = 3_000_000_000L;
    long floats = 700_000_000L;
    String header =
        ("{\"h\":{\"dtype\":\"BF16\",\"shape\":[30000,100000],\"data_offsets\":[0,6000000000]},"
            + "\"f\":{\"dtype\":\"F32\",\"shape\":[700000000],"
            + "\"data_offsets\":[6000000000,8800000000]}}");
    Path file = directory.resolve("large.safetensors");
    long data = Long.BYTES + header.length();
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      ByteBuffer head = bytes(data).putLong(header.length());
      channel.write(head.put(header.getBytes(StandardCharsets.UTF_8)).flip(), 0);
      channel.write(bytes(2).putShort((short) 0x3fc0).flip(), data + 2 * (halves - 1));
      channel.write(bytes(4).putFloat(-2.5f).flip(), data + 2 * halves + 4 * (floats - 2));
      channel.write(bytes(4).putFloat(7).flip(), data + 2 * halves + 4 * (floats - 1));
    }

    try (Safetensors large = Safetensors.open(file)) {
      assertThat(large.info("h").elements()).isEqualTo(halves);
      assertThat(read(large, "h", halves - 2, 2)).containsExactly(0, 1.5f);
      assertThat(read(large, "f", floats - 3, 3)).containsExactly(0, -2.5f, 7);
    }
  }

  @Test
  void writesBeyondTwoGigabytes() throws IOException {
    int elements = 16 << 20;
    float[] zeros = new float[elements];
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tensors.add(NamedTensor.of("t%02d".formatted(i), List.of((long) elements), zeros));
    }
    tensors.add(NamedTensor.of("z", List.of(2L), new float[] {1.5f, -2}));
    Ends written = new Ends();
    SafetensorsWriter.write(written, tensors, Map.of());

    long data = 40L * elements * Float.BYTES + 2 * Float.BYTES;
    ByteBuffer head = ByteBuffer.wrap(written.first).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(written.bytes).isEqualTo(Long.BYTES + head.getLong() + data);
    assertThat(new String(written.header, StandardCharsets.UTF_8))
        .contains("\"z\":{\"data_offsets\":[2684354560,2684354568]");
    ByteBuffer last = ByteBuffer.wrap(written.last).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(last.getFloat()).isEqualTo(1.5f);
    assertThat(last.getFloat()).isEqualTo(-2);
  }

  private static ByteBuffer bytes(long count) {
    return ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] read(Safetensors file, String name, long from, int count) {
    float[] values = new float[count];
    file.read(name, from, FloatBuffer.wrap(values));
    return values;
  }

  /** Keeps what is written first and last. */
  private static final class Ends implements WritableByteChannel {
    byte[] first;
    byte[] header;
    byte[] last;
    long bytes;

    @Override
    public int write(ByteBuffer source) {
      byte[] tail = new byte[Math.min(source.remaining(), 1 << 12)];
      source.get(source.limit() - tail.length, tail);
      int count = source.remaining();
      if (first == null) {
        first = tail;
      } else if (header == null) {
        header = new byte[count];
        source.get(source.position(), header);
      }
      last = tail;
      bytes += count;
      source.position(source.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
