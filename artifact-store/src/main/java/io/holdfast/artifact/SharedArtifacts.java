package io.holdfast.artifact;

import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the services share of their artifacts. Everything is published as a whole directory with the
 * sizes and checksums of its files, and never changes afterwards; services read and write it at its
 * local path.
 *
 * <p>Every method may throw {@link StoreAwayException}: wait and try again.
 */
public interface SharedArtifacts {

  /** Size and checksum by file name of a published directory; empty when there is none. */
  Optional<Map<String, FileDigest>> listing(String directory);

  /** Whether a directory is published. */
  default boolean has(String directory) {
    return listing(directory).isPresent();
  }

  /** Where a path lies on this machine once it is held. */
  Path resolve(String path);

  /**
   * Makes a directory that is complete here everybody's. Done again it changes nothing; one that
   * was published before and is whole stays as it is.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when it is not complete here
   */
  void publish(String directory);

  /**
   * Publishes a directory with all files of others, whose bytes are neither read nor sent for it.
   * The others may be removed afterwards. Done again it changes nothing.
   *
   * @param parts published directories, no two with a file of one name
   * @throws io.holdfast.lm.durable.UnusableArtifactException when one is not published
   */
  void unite(String directory, List<String> parts);

  /**
   * Brings what paths mean, whole directories or parts of them, and keeps it here until the hold is
   * closed. A path may lie below what a directory holds, as {@code shards/0123-4567/train} does.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when something was never published, or
   *     is not what was
   */
  Hold hold(Collection<String> paths);

  /** Keeps whatever lies or comes below a path until the hold is closed; brings nothing. */
  Hold keep(String path);

  /**
   * Names of the directories directly below a path, in no order; also of what an upload that was
   * cut has left, which {@link #has} says.
   */
  List<String> children(String path);

  /**
   * Unpublishes a directory, or all below a path, for all and here; markers go first, so that
   * whatever a crash leaves is not complete. Absent is fine.
   */
  void remove(String path);

  /** Whether what is published lies elsewhere too, so that it outlives this machine. */
  boolean isRemote();

  /**
   * Publishes a directory unless it is.
   *
   * @param content fills it; not asked for when it is there
   */
  default void provide(String directory, DurableDirectory.Content content) {
    if (!has(directory)) {
      try (Hold here = keep(directory)) {
        DurableDirectory.publish(resolve(directory), content);
        publish(directory);
      }
    }
  }

  /** Artifacts that stay on this machine as long as it is open. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
