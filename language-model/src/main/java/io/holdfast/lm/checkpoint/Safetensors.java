package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A memory-mapped safetensors file. It holds numbers only, so opening one runs no code; its header
 * is checked before anything is read. Reading is thread-safe; after {@link #close} it throws {@link
 * IllegalStateException}.
 */
public final class Safetensors implements AutoCloseable {

  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort I16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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

  public Set<String> names() {
    return header.tensors().keySet();
  }

  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * A tensor's type, shape and place.
   *
   * @throws UnusableArtifactException when the file has no such tensor
   */
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw malformed(file, name, "The file has no tensor of this name.", null);
    }
    return info;
  }

  /**
   * A tensor's elements as fp32, row-major; F16 and BF16 are widened exactly.
   *
   * @throws UnusableArtifactException when there is no such tensor, or it is of another type or too
   *     large for one array
   */
  public float[] floats(String name) {
    TensorInfo info = info(name);
    if (info.elements() > Integer.MAX_VALUE - 8) {
      throw malformed(file, name, "The tensor has more elements than one array holds.", null);
    }
    float[] values = new float[(int) info.elements()];
    MemorySegment source = data.asSlice(info.begin(), info.end() - info.begin());
    switch (info.type()) {
      case F32 -> MemorySegment.copy(source, F32, 0, values, 0, values.length);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(source.getAtIndex(I16, i) << Short.SIZE);
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(source.getAtIndex(I16, i));
        }
      }
      case BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, I64, U64, F64 ->
          throw malformed(
              file, name + " of " + info.type(), "Only F32, F16 and BF16 are read.", null);
    }
    return values;
  }

  /**
   * A tensor's elements as fp32, checked against the shape that the model wants.
   *
   * @throws UnusableArtifactException when the tensor is missing or has another shape
   */
  public float[] floats(String name, List<Long> shape) {
    if (!info(name).shape().equals(shape)) {
      throw malformed(
          file, name + " of " + info(name).shape(), "The model wants shape " + shape + ".", null);
    }
    return floats(name);
  }

  /** Unmaps the file. */
  @Override
  public void close() {
    arena.close();
  }
}
