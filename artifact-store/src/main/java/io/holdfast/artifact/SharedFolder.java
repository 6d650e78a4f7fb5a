package io.holdfast.artifact;

import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One folder that all services see: what is complete is published, and nothing is ever copied. */
public final class SharedFolder implements SharedArtifacts {

  private static final Hold NOTHING = () -> {};

  private final ArtifactStore folder;

  public SharedFolder(ArtifactStore folder) {
    this.folder = folder;
  }

  @Override
  public Path resolve(String path) {
    return folder.resolve(path);
  }

  @Override
  public Optional<Map<String, FileDigest>> listing(String directory) {
    return DurableDirectory.find(resolve(directory)).map(DurableDirectory::files);
  }

  @Override
  public void publish(String directory) {
    DurableDirectory.open(resolve(directory));
  }

  @Override
  public void unite(String directory, List<String> parts) {
    DurableDirectory.unite(
        resolve(directory), parts.stream().map(this::resolve).map(DurableDirectory::open).toList());
  }

  /** Whoever opens what is missing says so, as it always did. */
  @Override
  public Hold hold(Collection<String> paths) {
    return NOTHING;
  }

  @Override
  public Hold keep(String path) {
    return NOTHING;
  }

  @Override
  public List<String> children(String path) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(resolve(path), Files::isDirectory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new StorageException(resolve(path), "list", e);
    }
    return names;
  }

  @Override
  public void remove(String path) {
    removeFrom(resolve(path));
  }

  /** Removes a published directory, or a folder of such. */
  public static void removeFrom(Path path) {
    try (Stream<Path> entries = Files.isDirectory(path) ? Files.list(path) : Stream.of()) {
      entries.filter(DurableDirectory::isMarked).forEach(DurableDirectory::delete);
    } catch (IOException e) {
      throw new StorageException(path, "list", e);
    }
    DurableDirectory.delete(path);
  }

  @Override
  public boolean isRemote() {
    return false;
  }
}
