package io.holdfast.kit.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The directory of shards, tokenizers and checkpoints that the services share. Events name what is
 * in it by relative paths with '/' between the parts.
 */
@ApplicationScoped
public class ArtifactStore {

  private final Path root;

  /** For CDI's proxy. */
  ArtifactStore() {
    this.root = null;
  }

  /**
   * @param root folder of shards, tokenizers and checkpoints, which all services share
   */
  @Inject
  public ArtifactStore(@ConfigProperty(name = "holdfast.artifacts.root") Path root) {
    try {
      this.root = Files.createDirectories(root.toAbsolutePath()).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("the artifact store " + root + " is not usable", e);
    }
  }

  /** Absolute, without links. */
  public Path root() {
    return root;
  }

  /**
   * Where an artifact is, or would be.
   *
   * @throws IllegalArgumentException when the path is absolute, or leads out of the store by its
   *     text or by a link
   */
  public Path resolve(String artifactPath) {
    Path resolved = lexically(artifactPath);
    for (Path part = resolved; !part.equals(root); part = part.getParent()) {
      if (Files.exists(part)) {
        requireInside(part, artifactPath);
        return resolved;
      }
    }
    return resolved;
  }

  private Path lexically(String artifactPath) {
    try {
      Path relative = Path.of(artifactPath);
      Path resolved = root.resolve(relative).normalize();
      if (!relative.isAbsolute() && resolved.startsWith(root) && !resolved.equals(root)) {
        return resolved;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not an artifact path: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("not a path inside the artifact store: " + artifactPath);
  }

  private void requireInside(Path existing, String artifactPath) {
    try {
      if (!existing.toRealPath().startsWith(root)) {
        throw new IllegalArgumentException(
            "a link leads out of the artifact store: " + artifactPath);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot follow " + artifactPath, e);
    }
  }
}
