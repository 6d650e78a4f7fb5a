package io.holdfast.lm.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The file operations whose failure modes matter for durability. */
public final class Storage {

  private Storage() {}

  /**
   * Writes all remaining bytes. {@link WritableByteChannel#write} may stop short without throwing,
   * as it does just before a disk is full or a file limit is reached.
   *
   * @throws IOException also when the channel takes no more bytes
   */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) <= 0) {
        throw new IOException("short write: %d bytes were not taken".formatted(bytes.remaining()));
      }
    }
  }

  /** Forces a file's content, or a directory's entries, to the device. */
  public static void force(Path path) throws IOException {
    boolean directory = Files.isDirectory(path);
    // A directory can only be opened for reading; a file's data is forced through a writer.
    StandardOpenOption mode = directory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  /**
   * Gives a file that never changes a second name, or a copy where the file system has no links.
   */
  public static void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(file, name);
    }
  }

  /** Deletes a file or a whole directory; links are deleted, not followed. Absent is fine. */
  public static void deleteRecursively(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
