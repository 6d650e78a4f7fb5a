package io.holdfast.artifact.s3;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket, by artifact paths instead of keys, with a store that is away as a typed failure. */
final class Bucket implements AutoCloseable {

  /** Metadata of an object: the SHA-256 of all its bytes, in hexadecimal digits. */
  private static final String SHA256 = "holdfast-sha256";

  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final S3Settings settings;

  Bucket(S3Settings settings) {
    this.settings = settings;
    this.client = Connection.to(settings);
  }

  /**
   * An object.
   *
   * @param etag of its bytes: another one means other bytes
   * @param sha256 of all its bytes; null when somebody else put it there
   */
  record Stored(long bytes, String etag, String sha256) {
    boolean is(FileDigest digest) {
      return bytes == digest.bytes() && digest.sha256().equals(sha256);
    }
  }

  /** A small object's text, or nothing when there is none. */
  Optional<String> text(String path) {
    return call(
        "read " + path,
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key(path)))
                    .asString(StandardCharsets.UTF_8));
          } catch (NoSuchKeyException none) {
            return Optional.empty();
          }
        });
  }

  /**
   * The marker of a published directory.
   *
   * @throws UnusableArtifactException when there is no such directory
   */
  String marker(String directory) {
    return text(directory + "/" + DurableDirectory.MARKER)
        .orElseThrow(
            () ->
                new UnusableArtifactException(
                    Problem.at(
                        directory,
                        "not-published",
                        null,
                        "There is no such directory in %s.".formatted(settings),
                        "Request again what makes it.")));
  }

  /** What is known of an object without reading it. */
  Optional<Stored> find(String path) {
    return call(
        "look for " + path,
        () -> {
          try {
            var head = client.headObject(h -> h.bucket(settings.bucket()).key(key(path)));
            return Optional.of(
                new Stored(head.contentLength(), head.eTag(), head.metadata().get(SHA256)));
          } catch (S3Exception e) {
            // An answer to HEAD has no body that could say more.
            if (e.statusCode() == NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Bytes from an offset to another, exclusive, of the object with that tag. */
  InputStream read(String path, String etag, long from, long to) {
    return call(
        "read " + path,
        () ->
            client.getObject(
                get ->
                    get.bucket(settings.bucket())
                        .key(key(path))
                        .ifMatch(etag)
                        .range("bytes=%d-%d".formatted(from, to - 1))));
  }

  void putText(String path, String text) {
    call(
        "write " + path,
        () ->
            client.putObject(
                put -> put.bucket(settings.bucket()).key(key(path)), RequestBody.fromString(text)));
  }

  /** Stores a whole file; the store itself refuses other bytes than these. */
  void put(String path, Path file, FileDigest digest) {
    FileRange whole = new FileRange(file, 0, digest.bytes());
    String md5 = whole.md5();
    call(
        "write " + path,
        () ->
            client.putObject(
                put ->
                    put.bucket(settings.bucket())
                        .key(key(path))
                        .metadata(Map.of(SHA256, digest.sha256()))
                        .contentMD5(md5),
                whole.body()));
  }

  /** Has the store copy an object with its metadata; at most 5 GB, S3's own limit. */
  void copy(String from, String to) {
    call(
        "copy " + from,
        () ->
            client.copyObject(
                copy ->
                    copy.sourceBucket(settings.bucket())
                        .sourceKey(key(from))
                        .destinationBucket(settings.bucket())
                        .destinationKey(key(to))));
  }

  /** Begins a file of several parts. */
  MultipartUpload begin(String path, FileDigest digest) {
    return call(
        "write " + path,
        () ->
            MultipartUpload.begin(
                client, settings.bucket(), key(path), Map.of(SHA256, digest.sha256())));
  }

  /** Drops parts of a file that an upload left which nobody ends any more. */
  void abortUpload(String path) {
    abortUploads(path, key(path)::equals);
  }

  /** Drops parts of all files below a path that uploads left which nobody ends any more. */
  void abortUploadsBelow(String path) {
    abortUploads(path, key -> key.startsWith(key(path) + "/"));
  }

  private void abortUploads(String path, Predicate<String> meant) {
    call(
        "clean up " + path,
        () -> {
          MultipartUpload.abortAll(client, settings.bucket(), key(path), meant);
          return null;
        });
  }

  /** Sizes by name of all objects below a path. */
  Map<String, Long> files(String directory) {
    String prefix = key(directory) + "/";
    return call(
        "list " + directory,
        () -> {
          Map<String, Long> files = new HashMap<>();
          for (S3Object found :
              client
                  .listObjectsV2Paginator(list -> list.bucket(settings.bucket()).prefix(prefix))
                  .contents()) {
            files.put(found.key().substring(prefix.length()), found.size());
          }
          return files;
        });
  }

  /** Names directly below a path that have something below them. */
  List<String> folders(String path) {
    String prefix = key(path) + "/";
    return call(
        "list " + path,
        () ->
            client
                .listObjectsV2Paginator(
                    list -> list.bucket(settings.bucket()).prefix(prefix).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .map(found -> found.substring(prefix.length(), found.length() - 1))
                .toList());
  }

  void delete(String path) {
    call(
        "delete " + path,
        () -> client.deleteObject(delete -> delete.bucket(settings.bucket()).key(key(path))));
  }

  private String key(String path) {
    return settings.prefix() + path;
  }

  /** The store's own words say whether it is away or refuses; both get better by waiting. */
  private <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new StoreAwayException("cannot %s in %s: %s".formatted(what, settings, e), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
