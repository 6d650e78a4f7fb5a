package io.holdfast.data.corpus;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What corpora are read from, without reading it. */
public final class CorpusSources {

  private final EmbeddedCorpora embedded;
  private final CorpusRoots roots;
  private final ReadingLimits limits;
  private final TaskDocuments tasks;

  public CorpusSources(
      EmbeddedCorpora embedded, CorpusRoots roots, ReadingLimits limits, TaskDocuments tasks) {
    this.tasks = tasks;
    this.embedded = embedded;
    this.roots = roots;
    this.limits = limits;
  }

  private record State(CorpusDefinition corpus, int splitVersion, List<String> content) {}

  private record FileState(String path, long bytes, String modified) {}

  /**
   * A hash that stays the same as long as the definition, and the size and the modification time of
   * each of its files: the documents are then taken to be the same. Nothing when they cannot be
   * looked at; reading the corpus then says why.
   */
  public Optional<String> state(CorpusDefinition corpus) {
    if (corpus.embedded() != null) {
      return embedded
          .find(corpus.embedded())
          .map(found -> state(corpus, List.of(found.contentHash())));
    }
    if (corpus.task() != null) {
      return tasks
          .find(corpus.task(), corpus.split())
          .map(found -> state(corpus, List.of(found.sha256())));
    }
    ProblemLog problems = new ProblemLog(limits.maxProblems());
    List<CorpusFile> files = roots.resolve("", corpus.path(), limits, problems);
    if (!problems.problems().isEmpty()) {
      return Optional.empty();
    }
    List<String> states = new ArrayList<>();
    try {
      for (CorpusFile file : files) {
        states.add(Json.write(state(file.path())));
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
    return Optional.of(state(corpus, states));
  }

  private static String state(CorpusDefinition corpus, List<String> content) {
    return Json.sha256(new State(corpus, CorpusSplit.VERSION, content));
  }

  private static FileState state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(
        file.toString(), attributes.size(), attributes.lastModifiedTime().toString());
  }

  /**
   * One file below an allowed folder, its links followed.
   *
   * @param place of the definition that has the path, such as {@code tokenizer}
   * @throws InvalidInputException when there is none, or more than one
   */
  public Path file(String place, String path) {
    ProblemLog problems = new ProblemLog(limits.maxProblems());
    List<CorpusFile> files = roots.resolve(place, path, limits, problems);
    if (!problems.problems().isEmpty()) {
      throw new InvalidInputException(problems.problems());
    }
    if (files.size() != 1 || Files.isDirectory(files.getFirst().path())) {
      throw new InvalidInputException(
          List.of(
              Problem.at(
                  place + ".path",
                  "not-one-file",
                  path,
                  "The path means %d files.".formatted(files.size()),
                  "Give the path of one file.")));
    }
    return files.getFirst().path();
  }
}
