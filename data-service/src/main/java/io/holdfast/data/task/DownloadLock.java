package io.holdfast.data.task;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to collect a file that several pods want. The operating system drops a dead process's
 * locks, and whoever comes next goes on where that one was.
 */
final class DownloadLock implements AutoCloseable {

  private final FileChannel channel;
  private final FileLock lock;

  private DownloadLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Does not wait: {@link #held} says what came of it. */
  static DownloadLock of(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      return new DownloadLock(channel, channel.tryLock());
    } catch (OverlappingFileLockException inThisProcess) {
      return new DownloadLock(channel, null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean held() {
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
