package io.holdfast.artifact.s3;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A file on its way in parts, each with its checksum. Invisible until it is completed; an abandoned
 * one still takes room in the bucket.
 */
final class MultipartUpload {

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final String id;
  private final ConcurrentLinkedQueue<CompletedPart> parts = new ConcurrentLinkedQueue<>();

  private MultipartUpload(S3Client client, String bucket, String key, String id) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  static MultipartUpload begin(
      S3Client client, String bucket, String key, Map<String, String> metadata) {
    String id =
        client
            .createMultipartUpload(create -> create.bucket(bucket).key(key).metadata(metadata))
            .uploadId();
    return new MultipartUpload(client, bucket, key, id);
  }

  /** Safe for use by several threads. */
  void put(int number, FileRange range) {
    String md5 = range.md5();
    var answer =
        client.uploadPart(
            part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number).contentMD5(md5),
            range.body());
    parts.add(CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build());
  }

  void complete() {
    List<CompletedPart> inOrder =
        parts.stream().sorted(Comparator.comparing(CompletedPart::partNumber)).toList();
    client.completeMultipartUpload(
        complete ->
            complete
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .multipartUpload(whole -> whole.parts(inOrder)));
  }

  void abort() {
    client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
  }

  /**
   * Drops uploads.
   *
   * @param prefix of all keys that may be meant
   */
  static void abortAll(S3Client client, String bucket, String prefix, Predicate<String> meant) {
    client
        .listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(prefix))
        .uploads()
        .stream()
        .filter(upload -> meant.test(upload.key()))
        .map(upload -> new MultipartUpload(client, bucket, upload.key(), upload.uploadId()))
        .forEach(MultipartUpload::abort);
  }
}
