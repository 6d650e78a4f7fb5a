package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The problems that the path of a corpus or a model can have before any file is opened. */
final class RootProblems {

  private final String what;
  private final String place;
  private final String path;
  private final List<Path> roots;

  /**
   * @param what the path is of: {@code corpus} or {@code model}; codes begin with it
   * @param place the path's place in the user's input
   * @param path as the user wrote it
   */
  RootProblems(String what, String place, String path, List<Path> roots) {
    this.what = what;
    this.place = place;
    this.path = path;
    this.roots = roots;
  }

  Problem notAPath() {
    return problem(
        "bad-path",
        "This cannot be the name of a file.",
        isModel() ? "Write the path of a folder." : "Write a file, folder or glob.");
  }

  Problem badGlob(String cause) {
    return problem(
        "bad-path",
        "This is not a glob: " + cause + ".",
        "Write a glob such as data/**/*.jsonl.gz.");
  }

  Problem noRoots() {
    return problem(
        "outside-roots",
        "This data service reads no user files: it has no allowed folders.",
        "Set holdfast.corpora.roots to the folders that hold corpora and models.");
  }

  /** Says nothing of whether the file exists. */
  Problem outside() {
    return problem(
        "outside-roots",
        "The data service reads corpora and models only below " + listed() + ".",
        "Put the files there, or add their folder to holdfast.corpora.roots.");
  }

  /** A link below the corpus leads out. */
  Problem leadsOutside(Path called) {
    return Problem.at(
        place,
        what + "-outside-roots",
        called,
        "This is a symbolic link to somewhere that is not below " + listed() + ".",
        "Put the files there, or add their folder to holdfast.corpora.roots.");
  }

  Problem upwards() {
    return problem(
        "outside-roots",
        "The path of a %s has no '..' in it.".formatted(what),
        "Write the path without '..', relative to one of " + listed() + " or absolute.");
  }

  Problem missing() {
    return problem(
        "missing",
        "There is no such file or folder below " + listed() + ".",
        "Check the spelling; relative paths start at these folders.");
  }

  Problem noMatch() {
    return problem(
        "no-match",
        "No file matches below " + listed() + ".",
        "Check the pattern: * stays within a folder, ** goes into subfolders.");
  }

  Problem emptyFolder() {
    return problem(
        "no-match",
        "The folder holds no files (hidden ones do not count).",
        "Put .jsonl or text files into it, or name another folder.");
  }

  Problem mixed(long jsonl, long text) {
    return problem(
        "mixed-formats",
        "The folder holds %d JSONL and %d text files, and one kind may not be meant."
            .formatted(jsonl, text),
        "Say which with a glob, such as %s/**.jsonl*.".formatted(path.replaceAll("/+$", "")));
  }

  Problem tooMany(int limit) {
    return problem(
        "too-many-files",
        "There are more than %,d files.".formatted(limit),
        "Put many documents into one file as JSONL.");
  }

  Problem notAFolder() {
    return problem(
        "not-a-folder", "The path means a file.", "Name the folder that holds the model's files.");
  }

  private boolean isModel() {
    return what.equals("model");
  }

  private Problem problem(String code, String message, String remedy) {
    return Problem.at(place, what + "-" + code, path, message, remedy);
  }

  private String listed() {
    return roots.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
