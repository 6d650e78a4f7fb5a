package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.json.Json;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes F32 safetensors files. Tensors are ordered by name: equal tensors give equal bytes.
 *
 * <p>Plain writes, not a mapping: on a full disk a store into a mapping kills the process.
 */
public final class SafetensorsWriter {

  private static final int BUFFER_BYTES = 1 << 20;

  /** Tensor data begins at a multiple of this; the header is padded with spaces. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a new file.
   *
   * @param metadata free text entries; {@code format = pt} is what Hugging Face readers look for
   * @throws StorageException when storage refuses a byte
   */
  public static void write(Path file, List<NamedTensor> tensors, Map<String, String> metadata) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, tensors, metadata);
    } catch (IOException e) {
      throw new StorageException(file, "write", e);
    }
  }

  static void write(
      WritableByteChannel channel, List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<NamedTensor> ordered =
        tensors.stream().sorted(Comparator.comparing(NamedTensor::name)).toList();
    byte[] header = header(ordered, metadata);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Storage.writeFully(channel, length.putLong(header.length).flip());
    Storage.writeFully(channel, ByteBuffer.wrap(header));
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (NamedTensor tensor : ordered) {
      writeValues(channel, tensor, buffer);
    }
  }

  private static byte[] header(List<NamedTensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new TreeMap<>();
    if (!metadata.isEmpty()) {
      header.put(SafetensorsHeader.METADATA, metadata);
    }
    long begin = 0;
    for (NamedTensor tensor : tensors) {
      long end = Math.addExact(begin, tensor.bytes());
      Map<String, Object> entry =
          Map.of(
              "dtype",
              TensorType.F32,
              "shape",
              tensor.shape(),
              "data_offsets",
              List.of(begin, end));
      if (header.put(tensor.name(), entry) != null) {
        throw new IllegalArgumentException("two tensors are called " + tensor.name());
      }
      begin = end;
    }
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeValues(
      WritableByteChannel channel, NamedTensor tensor, ByteBuffer buffer) throws IOException {
    long[] written = {0};
    tensor
        .values()
        .writeTo(
            part -> {
              written[0] += part.remaining();
              writePart(channel, part, buffer);
            });
    if (written[0] != tensor.elements()) {
      throw new IllegalArgumentException(
          "tensor %s has %d values, its shape %s wants %d"
              .formatted(tensor.name(), written[0], tensor.shape(), tensor.elements()));
    }
  }

  private static void writePart(WritableByteChannel channel, FloatBuffer part, ByteBuffer buffer)
      throws IOException {
    int at = part.position();
    while (at < part.limit()) {
      int count = Math.min(buffer.capacity() / Float.BYTES, part.limit() - at);
      buffer.clear().limit(count * Float.BYTES);
      buffer.asFloatBuffer().put(part.slice(at, count));
      Storage.writeFully(channel, buffer);
      at += count;
    }
  }
}
