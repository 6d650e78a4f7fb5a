package io.holdfast.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What is kept of a study: the report, its figures and tables, the study itself. */
final class StudyResults {

  private StudyResults() {}

  /** Unpacks a report's archive into the folder, over the files of an earlier one. */
  static void unpack(byte[] archive, Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
          throw new IOException("The archive has a file outside of its folder: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }
}
