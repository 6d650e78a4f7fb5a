package io.holdfast.cli.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A process's log. */
public final class LogFile {

  private static final long MAX_BYTES = 20L << 20;
  private static final int TAIL_BYTES = 256 << 10;

  private final Path path;

  public LogFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** Before a process starts to write: puts a log aside that has become large; one is kept. */
  void rotate() {
    try {
      Files.createDirectories(path.getParent());
      if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
        Files.move(
            path,
            path.resolveSibling(path.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log " + path, e);
    }
  }

  /** Its last lines, oldest first; none when there is no log. */
  public List<String> tail(int lines) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the log " + path, e);
    }
  }
}
