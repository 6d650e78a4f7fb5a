package io.holdfast.lm;

import java.nio.file.Path;

/** Turns an artifact path, relative and {@code /}-separated, into a file of this machine. */
@FunctionalInterface
public interface ArtifactPaths {

  Path resolve(String artifactPath);

  /** Artifacts under one directory. */
  static ArtifactPaths under(Path root) {
    Path base = root.toAbsolutePath().normalize();
    return artifactPath -> {
      Path resolved = base.resolve(artifactPath).normalize();
      if (!resolved.startsWith(base)) {
        throw new IllegalArgumentException("artifact path leaves the store: " + artifactPath);
      }
      return resolved;
    };
  }
}
