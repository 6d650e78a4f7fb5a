package io.holdfast.kit.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The token of one machine, in a file that its owner alone can read. */
final class TokenFile {

  private TokenFile() {}

  /** The file's token. The first of the services that start at once makes it for all of them. */
  static String readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file.toAbsolutePath());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("no token can be kept in " + file, e);
    }
  }

  /** A link appears whole, and only where nothing is. */
  private static void make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            ".token",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, Token.random() + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Another service was first: its token is the one.
    } finally {
      Files.delete(draft);
    }
  }
}
