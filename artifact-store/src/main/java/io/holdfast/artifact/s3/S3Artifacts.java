package io.holdfast.artifact.s3;

import io.holdfast.artifact.ArtifactPath;
import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedFolder;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A bucket that all services see, and a local folder of this process that caches it. */
public final class S3Artifacts implements SharedArtifacts, AutoCloseable {

  /** Directories whose names hash alike wait for each other, which does no harm. */
  private static final int LOCKS = 64;

  private final ArtifactStore folder;
  private final Bucket bucket;
  private final Transfers transfers;
  private final LocalCache cache;
  private final DirectoryUpload upload;
  private final DirectoryUnion union;
  private final DirectoryDownload download;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  private S3Artifacts(ArtifactStore folder, S3Settings settings) {
    this.folder = folder;
    this.cache = new LocalCache(folder.root(), settings.cacheBytes(), Clock.systemUTC());
    this.bucket = new Bucket(settings);
    this.transfers = new Transfers(settings.connections());
    this.upload = new DirectoryUpload(bucket, transfers, settings.partBytes());
    this.union = new DirectoryUnion(bucket, transfers);
    this.download = new DirectoryDownload(bucket, transfers, settings);
  }

  /**
   * Opens the store; asks nothing of the bucket yet.
   *
   * @throws io.holdfast.contracts.problem.InvalidInputException when another process has the folder
   */
  public static S3Artifacts open(ArtifactStore folder, S3Settings settings) {
    return new S3Artifacts(folder, settings);
  }

  @Override
  public Path resolve(String path) {
    return folder.resolve(path);
  }

  /** What is in the bucket; being here is not being published. */
  @Override
  public Optional<Map<String, FileDigest>> listing(String directory) {
    return bucket
        .text(marker(directory))
        .map(marker -> DurableDirectory.listing(resolve(directory), marker));
  }

  @Override
  public void publish(String directory) {
    try (Hold here = keep(directory)) {
      upload.publish(directory, resolve(directory));
      cache.published(resolve(directory));
    }
  }

  @Override
  public void unite(String directory, List<String> parts) {
    if (!has(directory)) {
      union.publish(directory, resolve(directory), parts);
    }
  }

  @Override
  public Hold hold(Collection<String> paths) {
    List<ArtifactPath> wanted = paths.stream().map(ArtifactPath::of).distinct().toList();
    wanted.forEach(path -> cache.hold(path.directory()));
    Hold hold = () -> wanted.forEach(path -> cache.release(path.directory()));
    try {
      wanted.forEach(this::bring);
      return hold;
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  private void bring(ArtifactPath wanted) {
    Path local = resolve(wanted.directory());
    ReentrantLock lock = locks.get(Math.floorMod(wanted.directory().hashCode(), LOCKS));
    lock.lock();
    try {
      if (!isHere(wanted, local)) {
        download.bring(wanted, local, bytes -> cache.makeRoom(bytes, this::has));
      }
      cache.touch(local);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a directory is here and, if the bucket has one of that name, is that one: a checkpoint
   * that was removed and made again may have other bytes. All other names tell their bytes.
   */
  private boolean isHere(ArtifactPath wanted, Path local) {
    return DurableDirectory.find(local)
        .filter(
            here ->
                !wanted.isCheckpoint()
                    || listing(wanted.directory()).map(here.files()::equals).orElse(true))
        .isPresent();
  }

  @Override
  public Hold keep(String path) {
    cache.hold(path);
    return () -> cache.release(path);
  }

  @Override
  public List<String> children(String path) {
    return bucket.folders(path);
  }

  @Override
  public void remove(String path) {
    Comparator<String> markersFirst =
        Comparator.comparing(name -> !name.endsWith(DurableDirectory.MARKER));
    bucket.files(path).keySet().stream()
        .sorted(markersFirst)
        .forEach(name -> bucket.delete(path + "/" + name));
    bucket.abortUploadsBelow(path);
    SharedFolder.removeFrom(resolve(path));
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  private static String marker(String directory) {
    return directory + "/" + DurableDirectory.MARKER;
  }

  @Override
  public void close() {
    transfers.close();
    bucket.close();
    cache.close();
  }
}
