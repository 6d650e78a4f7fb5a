package io.holdfast.artifact;

import java.util.Arrays;

/**
 * An artifact path, taken apart: the directory that is published whole, and what is meant of it.
 *
 * @param directory such as {@code shards/0123-4567} or {@code checkpoints/89ab/final}
 * @param part a file of it, or what a group of files has before the dot, such as {@code train} of
 *     {@code train.bin} and {@code train.idx}; empty for all of it
 */
public record ArtifactPath(String directory, String part) {

  /** Checkpoints lie one level deeper than everything else: by stage. */
  private static final String CHECKPOINTS = "checkpoints";

  private static final int DEPTH = 2;

  public ArtifactPath {
    if (depth(directory) != directory.split("/").length) {
      throw new IllegalArgumentException("not a published directory: " + directory);
    }
  }

  /** Takes a path apart. */
  public static ArtifactPath of(String path) {
    String[] names = path.split("/");
    int depth = depth(path);
    if (names.length < depth || path.startsWith("/") || Arrays.asList(names).contains("..")) {
      throw new IllegalArgumentException("not in a published directory: " + path);
    }
    return new ArtifactPath(
        String.join("/", Arrays.copyOf(names, depth)),
        String.join("/", Arrays.copyOfRange(names, depth, names.length)));
  }

  /** How many names a published directory's path has that begins like this one. */
  public static int depth(String path) {
    return isCheckpoint(path) ? DEPTH + 1 : DEPTH;
  }

  /** Whether it is what a stage left, which is made again when it is needed again. */
  public boolean isCheckpoint() {
    return isCheckpoint(directory);
  }

  private static boolean isCheckpoint(String path) {
    return path.equals(CHECKPOINTS) || path.startsWith(CHECKPOINTS + "/");
  }

  /** Whether a file of the directory is meant. */
  public boolean means(String file) {
    return part.isEmpty() || file.equals(part) || file.startsWith(part + ".");
  }
}
