package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A memory-mapped safetensors file. It holds numbers only, so opening one runs no code; its header
 * is checked before anything is read. Reading is thread-safe; after {@link #close} it throws {@link
 * IllegalStateException}.
 */
public final class Safetensors implements TensorSource {

  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A buffer has less than 2 GB, a tensor need not. */
  private static final int CHUNK_ELEMENTS = 1 << 20;

  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final SafetensorsHeader header;

  private Safetensors(Path file, Arena arena, MemorySegment data, SafetensorsHeader header) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /**
   * Maps a file.
   *
   * @throws UnusableArtifactException when it is missing or its header lies
   */
  public static Safetensors open(Path file) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment mapped = map(file, arena);
      long length = mapped.byteSize() < Long.BYTES ? -1 : mapped.get(I64, 0);
      if (length < 0
          || length > SafetensorsHeader.MAX_BYTES
          || length > mapped.byteSize() - Long.BYTES) {
        throw malformed(file, length, "The header's length does not fit the file.", null);
      }
      MemorySegment data = mapped.asSlice(Long.BYTES + length);
      byte[] json = mapped.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
      return new Safetensors(file, arena, data, parse(file, json, data.byteSize()));
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "tensors-missing",
              null,
              "The tensor file cannot be read.",
              "Restore the checkpoint or train the stage again."),
          e);
    }
  }

  private static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
    try {
      return SafetensorsHeader.parse(json, dataBytes);
    } catch (SafetensorsHeader.Malformed e) {
      throw malformed(file, null, e.getMessage(), e);
    }
  }

  private static UnusableArtifactException malformed(
      Path file, Object value, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(),
            "tensors-malformed",
            value,
            message,
            "Use an intact safetensors file."),
        cause);
  }

  Path file() {
    return file;
  }

  @Override
  public Set<String> names() {
    return header.tensors().keySet();
  }

  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Safetensors holding(String name) {
    info(name);
    return this;
  }

  @Override
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw malformed(file, name, "The file has no tensor of this name.", null);
    }
    return info;
  }

  /** A tensor's bytes as they lie in the file. */
  MemorySegment bytes(String name) {
    TensorInfo info = info(name);
    return data.asSlice(info.begin(), info.end() - info.begin());
  }

  @Override
  public float[] floats(String name) {
    TensorInfo info = info(name);
    if (info.elements() > Integer.MAX_VALUE - 8) {
      throw malformed(file, name, "The tensor has more elements than one array holds.", null);
    }
    float[] values = new float[(int) info.elements()];
    read(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  @Override
  public float[] floats(String name, List<Long> shape) {
    requireShape(name, shape);
    return floats(name);
  }

  @Override
  public void read(String name, List<Long> shape, long from, FloatBuffer into) {
    requireShape(name, shape);
    Objects.checkFromIndexSize(from, into.remaining(), info(name).elements());
    read(name, from, into);
  }

  private void requireShape(String name, List<Long> shape) {
    if (!info(name).shape().equals(shape)) {
      throw malformed(
          file, name + " of " + info(name).shape(), "The model wants shape " + shape + ".", null);
    }
  }

  /**
   * Widens a part of a tensor.
   *
   * @param from first element
   * @param into is filled
   */
  void read(String name, long from, FloatBuffer into) {
    TensorInfo info = info(name);
    int bytes = info.type().bytes();
    for (long at = from; into.hasRemaining(); ) {
      int count = Math.min(into.remaining(), CHUNK_ELEMENTS);
      ByteBuffer chunk =
          bytes(name)
              .asSlice(at * bytes, (long) count * bytes)
              .asByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN);
      widen(info, chunk, into);
      at += count;
    }
  }

  private void widen(TensorInfo info, ByteBuffer chunk, FloatBuffer into) {
    switch (info.type()) {
      case F32 -> into.put(chunk.asFloatBuffer());
      case BF16 -> {
        while (chunk.hasRemaining()) {
          into.put(Float.intBitsToFloat(chunk.getShort() << Short.SIZE));
        }
      }
      case F16 -> {
        while (chunk.hasRemaining()) {
          into.put(Float.float16ToFloat(chunk.getShort()));
        }
      }
      case BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, I64, U64, F64 ->
          throw malformed(
              file, info.name() + " of " + info.type(), "Only F32, F16 and BF16 are read.", null);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
