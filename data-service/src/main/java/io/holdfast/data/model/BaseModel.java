package io.holdfast.data.model;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.lm.checkpoint.ImportedModel;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A model of the user's that the engine can start from. */
public final class BaseModel {

  private final ModelFolder folder;
  private final ImportedModel model;

  private BaseModel(ModelFolder folder, ImportedModel model) {
    this.folder = folder;
    this.model = model;
  }

  /**
   * Opens a model after checking its configuration and the headers of its weights, which takes
   * moments whatever its size.
   *
   * @param place the path's place in the user's input, such as {@code model.base}
   * @throws InvalidInputException with everything that is wrong
   */
  public static BaseModel open(CorpusRoots roots, String place, String path) {
    ModelFolder folder = ModelFolder.find(roots, place, path);
    return reading(
        folder,
        () -> {
          List<Problem> problems =
              ImportedModel.problems(folder.directory()).stream().map(folder::locate).toList();
          if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
          }
          return new BaseModel(folder, ImportedModel.open(folder.directory()));
        });
  }

  public ModelFolder folder() {
    return folder;
  }

  public Architecture architecture() {
    return model.architecture();
  }

  /** Its {@code tokenizer.json}, if it has one; what belongs to it lies beside it. */
  public Optional<Path> tokenizer() {
    return folder.has("tokenizer.json")
        ? Optional.of(folder.directory().resolve("tokenizer.json"))
        : Optional.empty();
  }

  /** The token that its configuration ends texts with, or null when it names none. */
  public Integer endOfText() {
    return model.configuredEndOfText().isPresent() ? model.configuredEndOfText().getAsInt() : null;
  }

  /** Hashes of the files that decide what the model computes; reads all of them. */
  public Map<String, FileDigest> digests() {
    return reading(
        folder,
        () -> {
          Map<String, FileDigest> digests = model.digests();
          requireAsPublished(digests);
          return digests;
        });
  }

  /** The user's files may be damaged, or not be ours to read: that is for the user to mend. */
  private static <T> T reading(ModelFolder folder, Supplier<T> part) {
    try {
      return part.get();
    } catch (UnusableArtifactException unusable) {
      throw new InvalidInputException(List.of(folder.locate(unusable.problem())));
    } catch (StorageException unreadable) {
      throw new InvalidInputException(List.of(folder.locate(unreadable.problem())));
    }
  }

  /** A checkpoint of Holdfast's knows what it was. */
  private void requireAsPublished(Map<String, FileDigest> digests) {
    if (!DurableDirectory.isMarked(folder.directory())) {
      return;
    }
    List<Problem> damaged = new ArrayList<>();
    DurableDirectory.open(folder.directory())
        .files()
        .forEach(
            (name, published) -> {
              if (digests.containsKey(name) && !digests.get(name).equals(published)) {
                damaged.add(ModelProblems.damaged(folder.called() + "/" + name));
              }
            });
    if (!damaged.isEmpty()) {
      throw new InvalidInputException(damaged);
    }
  }

  /**
   * Copies those files.
   *
   * @param digests what the copies must be
   * @throws InvalidInputException when a file is no longer what was hashed
   */
  public void copyTo(Path target, Map<String, FileDigest> digests) throws IOException {
    for (Map.Entry<String, FileDigest> file : digests.entrySet()) {
      Path copy = target.resolve(file.getKey());
      Files.copy(folder.directory().resolve(file.getKey()), copy);
      if (!digest(copy).equals(file.getValue())) {
        throw new InvalidInputException(
            List.of(ModelProblems.changed(folder.called() + "/" + file.getKey())));
      }
    }
    ImportedModel.open(target);
  }

  private static FileDigest digest(Path file) {
    try {
      return FileDigest.of(file);
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }
}
