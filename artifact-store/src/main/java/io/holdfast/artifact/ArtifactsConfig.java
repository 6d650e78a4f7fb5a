package io.holdfast.artifact;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where artifacts lie. */
@ConfigMapping(prefix = "holdfast.artifacts")
public interface ArtifactsConfig {

  /**
   * Folder of shards, tokenizers and checkpoints, which all services share; with the store {@code
   * s3} the cache of one process.
   */
  Path root();

  /** Whether that folder is shared, or what is complete in it goes to a bucket. */
  @WithDefault("folder")
  StoreKind store();

  /**
   * With {@code s3}: how much of what is in the bucket is kept here; the least recently used goes
   * first, never what is in use.
   */
  @WithDefault("50G")
  MemorySize cacheSize();

  S3 s3();

  /** The bucket. */
  interface S3 {

    /** Its name; it must exist. */
    Optional<String> bucket();

    /** Before all keys, such as {@code team-a/}. */
    Optional<String> prefix();

    /** Address of a store that is not Amazon's. */
    Optional<URI> endpoint();

    /** Region; the SDK's own search (environment, profile, instance) unless given. */
    Optional<String> region();

    /** Bucket in the path instead of in the host name, as many stores other than Amazon's want. */
    @WithDefault("false")
    boolean pathStyle();

    /** With {@code secret-key}; the SDK's default chain unless given. */
    Optional<String> accessKey();

    /** With {@code access-key}. Never logged. */
    Optional<String> secretKey();

    /** Bytes of a part of an upload and of a range of a download: 5 MiB or more. */
    @WithDefault("16M")
    MemorySize partSize();

    /** Parts and ranges under way at a time. */
    @WithDefault("8")
    int connections();

    /** Tries of a request, and of a range without any progress, with growing pauses between. */
    @WithDefault("5")
    int attempts();

    /** Longest silence of a connection. */
    @WithDefault("30s")
    Duration timeout();
  }
}
