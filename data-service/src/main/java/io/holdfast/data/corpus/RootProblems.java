package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The problems that a corpus's path can have before any file is opened. */
final class RootProblems {

  private final String place;
  private final String path;
  private final List<Path> roots;

  /**
   * @param place the path's place in the user's input
   * @param path as the user wrote it
   */
  RootProblems(String place, String path, List<Path> roots) {
    this.place = place;
    this.path = path;
    this.roots = roots;
  }

  Problem notAPath() {
    return problem(
        "corpus-bad-path", "This cannot be the name of a file.", "Write a file, folder or glob.");
  }

  Problem badGlob(String cause) {
    return problem(
        "corpus-bad-path",
        "This is not a glob: " + cause + ".",
        "Write a glob such as data/**/*.jsonl.gz.");
  }

  Problem noRoots() {
    return problem(
        "corpus-outside-roots",
        "This data service reads no user files: it has no allowed folders.",
        "Set holdfast.corpora.roots to the folders that hold corpora.");
  }

  /** Says nothing of whether the file exists. */
  Problem outside() {
    return problem(
        "corpus-outside-roots",
        "The data service reads corpora only below " + listed() + ".",
        "Put the files there, or add their folder to holdfast.corpora.roots.");
  }

  /** A link below the corpus leads out. */
  Problem leadsOutside(Path called) {
    return Problem.at(
        place,
        "corpus-outside-roots",
        called,
        "This is a symbolic link to somewhere that is not below " + listed() + ".",
        "Put the files there, or add their folder to holdfast.corpora.roots.");
  }

  Problem upwards() {
    return problem(
        "corpus-outside-roots",
        "A corpus's path has no '..' in it.",
        "Write the path without '..', relative to one of " + listed() + " or absolute.");
  }

  Problem missing() {
    return problem(
        "corpus-missing",
        "There is no such file or folder below " + listed() + ".",
        "Check the spelling; relative paths start at these folders.");
  }

  Problem noMatch() {
    return problem(
        "corpus-no-match",
        "No file matches below " + listed() + ".",
        "Check the pattern: * stays within a folder, ** goes into subfolders.");
  }

  Problem emptyFolder() {
    return problem(
        "corpus-no-match",
        "The folder holds no files (hidden ones do not count).",
        "Put .jsonl or text files into it, or name another folder.");
  }

  Problem mixed(long jsonl, long text) {
    return problem(
        "corpus-mixed-formats",
        "The folder holds %d JSONL and %d text files, and one kind may not be meant."
            .formatted(jsonl, text),
        "Say which with a glob, such as %s/**.jsonl*.".formatted(path.replaceAll("/+$", "")));
  }

  Problem tooMany(int limit) {
    return problem(
        "corpus-too-many-files",
        "There are more than %,d files.".formatted(limit),
        "Put many documents into one file as JSONL.");
  }

  private Problem problem(String code, String message, String remedy) {
    return Problem.at(place, code, path, message, remedy);
  }

  private String listed() {
    return roots.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
