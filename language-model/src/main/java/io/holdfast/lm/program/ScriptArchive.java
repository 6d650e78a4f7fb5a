package io.holdfast.lm.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive: the zip file that {@code torch.jit.load} reads, with one module of one
 * class and no tensors but those that its methods put into lists. Only archives that this process
 * wrote are ever loaded, because TorchScript is executable.
 */
public final class ScriptArchive {

  /**
   * Pickle, protocol 2: an instance of {@code __torch__.NAME} with the state {training: True} and
   * more.
   */
  private static final String INSTANCE =
      "\u0080\u0002c__torch__\n%s\n)\u0081}X\b\0\0\0training\u0088s%sb.";

  /** Pickle, protocol 2: an entry of the state, an empty list of tensors. */
  private static final String LIST = "X%s%sctorch.jit._pickle\nbuild_tensorlist\n(](etRs";

  /** Pickle, protocol 2: the empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  /** Serialization format: the oldest that every libtorch since 1.13 reads for such programs. */
  private static final String VERSION = "10\n";

  private ScriptArchive() {}

  /**
   * Bytes of an archive.
   *
   * @param className class that the source defines
   * @param source TorchScript text
   */
  public static byte[] of(String className, String source) {
    return of(className, source, List.of());
  }

  /**
   * Bytes of an archive.
   *
   * @param lists names of the class's lists of tensors, which are empty at first
   */
  static byte[] of(String className, String source, List<String> lists) {
    String state = lists.stream().map(ScriptArchive::emptyList).collect(Collectors.joining());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(
          zip,
          "data.pkl",
          INSTANCE.formatted(className, state).getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
      put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static String emptyList(String name) {
    // The name's length in four bytes, the lowest first.
    return LIST.formatted((char) name.length() + "\0\0\0", name);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("model/" + name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
