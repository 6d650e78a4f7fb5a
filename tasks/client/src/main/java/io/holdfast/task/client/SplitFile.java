package io.holdfast.task.client;

import io.holdfast.contracts.task.TaskSplit;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/**
 * A split on disk. What arrives is kept beside the file, with {@code .part} at its end, and goes on
 * there when the download is tried again, also by another process; the file itself appears whole.
 */
final class SplitFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path file;
  private final Path part;
  private final SplitHash taken;
  private final OutputStream out;

  /** Opens what an earlier try left, cut to its whole lines. */
  SplitFile(Path file, TaskSplit split, int maxLineBytes) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.taken = takeUp(part, split, maxLineBytes);
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            BUFFER_BYTES);
  }

  /** Whether a file is the split, whole and as described. */
  static boolean matches(Path file, TaskSplit split) throws IOException {
    SplitHash found = new SplitHash();
    return Files.size(file) == split.bytes()
        && readLines(file, Integer.MAX_VALUE, found)
        && found.bytes() == split.bytes()
        && HexFormat.of().formatHex(found.sha256()).equals(split.sha256());
  }

  /** The lines that are there already. */
  SplitHash taken() {
    return taken;
  }

  void append(byte[] line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part, e);
    }
  }

  /** Makes the file visible. */
  void complete() throws IOException {
    out.close();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets what came: it is not what was described. */
  void discard() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static SplitHash takeUp(Path part, TaskSplit split, int maxLineBytes) throws IOException {
    if (!Files.exists(part)) {
      return new SplitHash();
    }
    SplitHash found = new SplitHash();
    boolean usable = Files.size(part) <= split.bytes() && readLines(part, maxLineBytes, found);
    SplitHash taken = usable && found.lines() <= split.lines() ? found : new SplitHash();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.truncate(taken.bytes());
    }
    return taken;
  }

  private static boolean readLines(Path part, int maxLineBytes, SplitHash taken)
      throws IOException {
    LineSplitter splitter = new LineSplitter(maxLineBytes);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part))) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!splitter.feed(buffer, count, taken::add)) {
          return false;
        }
      }
    }
    return true;
  }
}
