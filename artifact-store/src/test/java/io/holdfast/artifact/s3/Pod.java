package io.holdfast.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A process with a folder of its own, of which only what it publishes leaves it. */
final class Pod implements AutoCloseable {

  static final int MEBI = 1 << 20;

  final ArtifactStore folder;
  final S3Artifacts artifacts;

  Pod(Path folder, URI address, long cacheBytes, int attempts) {
    this.folder = new ArtifactStore(folder);
    this.artifacts = S3Artifacts.open(this.folder, settings(address, cacheBytes, attempts));
  }

  Pod(Path folder, URI address) {
    this(folder, address, 1L << 40, 2);
  }

  static S3Settings settings(URI address, long cacheBytes, int attempts) {
    return new S3Settings(
        S3Server.BUCKET,
        "team/",
        address,
        null,
        true,
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)),
        cacheBytes,
        5 << 20,
        4,
        attempts,
        Duration.ofSeconds(30));
  }

  /** Makes a directory here, of files with random bytes. */
  void write(String directory, Map<String, Integer> sizes, long seed) {
    Random random = new Random(seed);
    DurableDirectory.publish(
        folder.resolve(directory),
        staging -> {
          for (Map.Entry<String, Integer> file : new TreeMap<>(sizes).entrySet()) {
            byte[] bytes = new byte[file.getValue()];
            random.nextBytes(bytes);
            Path path = staging.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
          }
        });
  }

  Path path(String path) {
    return folder.resolve(path);
  }

  boolean isHere(String directory) {
    return DurableDirectory.find(path(directory)).isPresent();
  }

  /** All bytes of a directory of both are equal, the marker's too. */
  void hasTheSameAs(Pod other, String directory) throws IOException {
    DurableDirectory.open(path(directory)).verify();
    try (Stream<Path> files = Files.walk(other.path(directory))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = directory + "/" + other.path(directory).relativize(file);
        assertThat(Files.mismatch(file, path(name))).as(name).isEqualTo(-1);
      }
    }
  }

  @Override
  public void close() {
    artifacts.close();
  }
}
