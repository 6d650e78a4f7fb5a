package io.holdfast.kit.security;

import io.holdfast.contracts.access.AccessToken;
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
      return known(file);
    } catch (IOException e) {
      throw new UncheckedIOException("no token can be kept in " + file, e);
    }
  }

  /** Somebody may have edited it. */
  private static String known(Path file) throws IOException {
    String token = Files.readString(file).strip();
    if (token.length() < AccessToken.MIN_CHARACTERS) {
      throw new IllegalStateException(
          "The token in %s has fewer than %d characters; without the file a new one is made."
              .formatted(file, AccessToken.MIN_CHARACTERS));
    }
    return token;
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
      Files.writeString(draft, AccessToken.random() + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Another service was first: its token is the one.
    } finally {
      Files.delete(draft);
    }
  }
}
