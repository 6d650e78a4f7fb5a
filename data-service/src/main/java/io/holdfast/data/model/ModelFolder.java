package io.holdfast.data.model;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusRoots;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A user's model directory below an allowed folder. Of its files only those that make a model
 * count; each may be a link, as in Hugging Face's cache, to what lies below an allowed folder too.
 */
public final class ModelFolder {

  private static final Pattern OF_A_MODEL =
      Pattern.compile(
          "config\\.json|tokenizer\\.json|tokenizer_config\\.json|special_tokens_map\\.json"
              + "|chat_template\\.jinja|.*\\.safetensors|.*\\.safetensors\\.index\\.json");

  private static final int MOST_FILES = 2_000;

  private final Path directory;
  private final String called;
  private final Map<String, Path> files;

  private ModelFolder(Path directory, String called, Map<String, Path> files) {
    this.directory = directory;
    this.called = called;
    this.files = files;
  }

  /**
   * Looks a folder up and through; opens no file.
   *
   * @param place the path's place in the user's input, such as {@code model.base}
   * @throws InvalidInputException when it may not be read, or a file that counts may not
   */
  public static ModelFolder find(CorpusRoots roots, String place, String path) {
    Path directory = roots.folder(place, path);
    String called = path.replaceAll("/+$", "");
    Map<String, Path> files = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory, entry -> OF_A_MODEL.matcher(entry.getFileName().toString()).matches())) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!Files.isRegularFile(entry)) {
          problems.add(ModelProblems.notAFile(called + "/" + name));
        } else if (!roots.allowed(entry)) {
          problems.add(ModelProblems.leadsOutside(place, called + "/" + name));
        } else {
          files.put(name, entry.toRealPath());
        }
        if (files.size() > MOST_FILES) {
          throw new InvalidInputException(
              List.of(ModelProblems.tooManyFiles(place, path, MOST_FILES)));
        }
      }
    } catch (IOException e) {
      problems.add(ModelProblems.unreadable(place, e.toString()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new ModelFolder(directory, called, files);
  }

  /** The folder as it lies, without links. */
  public Path directory() {
    return directory;
  }

  /** The folder as the user calls it. */
  public String called() {
    return called;
  }

  /** Whether there is such a file among those that count. */
  public boolean has(String name) {
    return files.containsKey(name);
  }

  private record FileState(String path, long bytes, String modified) {}

  /**
   * A hash that stays the same as long as the names, sizes and modification times of the files do:
   * the model is then taken to be the same.
   *
   * @throws InvalidInputException when a file has gone
   */
  public String state() {
    Map<String, FileState> states = new TreeMap<>();
    files.forEach((name, file) -> states.put(name, state(name, file)));
    return Json.sha256(states);
  }

  private FileState state(String name, Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileState(file.toString(), found.size(), found.lastModifiedTime().toString());
    } catch (IOException e) {
      throw new InvalidInputException(
          List.of(ModelProblems.unreadable(called + "/" + name, e.toString())));
    }
  }

  /** A problem of one of the files, placed where the user has the file. */
  public Problem locate(Problem problem) {
    String at = problem.path();
    String mine = directory.toString();
    return at.startsWith(mine)
        ? new Problem(
            problem.code(),
            called + at.substring(mine.length()),
            problem.line(),
            problem.value(),
            problem.message(),
            problem.remedy())
        : problem;
  }
}
