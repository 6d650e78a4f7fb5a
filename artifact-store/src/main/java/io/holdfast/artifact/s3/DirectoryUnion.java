package io.holdfast.artifact.s3;

import io.holdfast.artifact.s3.Transfers.Part;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Publishes directories of files that are in the bucket: the store copies them, marker last. */
final class DirectoryUnion {

  private final Bucket bucket;
  private final Transfers transfers;

  DirectoryUnion(Bucket bucket, Transfers transfers) {
    this.bucket = bucket;
    this.transfers = transfers;
  }

  /**
   * Copies what an earlier try has not.
   *
   * @param local where the directory's files would lie here
   * @throws io.holdfast.lm.durable.UnusableArtifactException when a part is not published
   */
  void publish(String directory, Path local, List<String> parts) {
    Map<String, FileDigest> files = new TreeMap<>();
    List<Part> copies = new ArrayList<>();
    for (String part : parts) {
      DurableDirectory.listing(local, bucket.marker(part))
          .forEach(
              (name, digest) -> {
                files.put(name, digest);
                copies.add(() -> copy(part + "/" + name, directory + "/" + name, digest));
              });
    }
    transfers.all(copies);
    bucket.putText(directory + "/" + DurableDirectory.MARKER, DurableDirectory.marker(files));
  }

  private void copy(String from, String to, FileDigest digest) {
    if (bucket.find(to).filter(stored -> stored.is(digest)).isEmpty()) {
      bucket.copy(from, to);
    }
  }
}
