package io.holdfast.data.corpus;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the files of a folder or of a glob within it. Hidden files and folders do not count. */
final class FolderSearch {

  private final Predicate<Path> allowed;
  private final ReadingLimits limits;
  private final RootProblems problems;
  private final ProblemLog log;

  FolderSearch(
      Predicate<Path> allowed, ReadingLimits limits, RootProblems problems, ProblemLog log) {
    this.allowed = allowed;
    this.limits = limits;
    this.problems = problems;
    this.log = log;
  }

  /**
   * @param start the folder as it lies
   * @param name the folder as the user calls it; the names of its files start with it
   * @param glob matches names, or is absent for the whole folder
   * @param depth levels below the folder that count
   * @return sorted by name, so that the order is the same everywhere; empty after a problem
   */
  List<CorpusFile> files(Path start, Path name, Optional<PathMatcher> glob, int depth)
      throws IOException {
    List<CorpusFile> found = new ArrayList<>();
    Files.walkFileTree(
        start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor(start, name, glob, found));
    if (!log.problems().isEmpty()) {
      return List.of();
    }
    if (found.isEmpty()) {
      log.add(glob.isPresent() ? problems.noMatch() : problems.emptyFolder());
    }
    if (glob.isEmpty()) {
      checkOneKind(found);
    }
    found.sort(Comparator.comparing(CorpusFile::name));
    return found;
  }

  private void checkOneKind(List<CorpusFile> found) {
    long jsonl = found.stream().filter(file -> file.format() == FileFormat.JSONL).count();
    if (jsonl > 0 && jsonl < found.size()) {
      log.add(problems.mixed(jsonl, found.size() - jsonl));
    }
  }

  private FileVisitor<Path> visitor(
      Path start, Path name, Optional<PathMatcher> glob, List<CorpusFile> found) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (!folder.equals(start) && isHidden(folder)) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        if (!allowed.test(folder)) {
          log.add(problems.leadsOutside(name.resolve(start.relativize(folder))));
          return FileVisitResult.SKIP_SUBTREE;
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Path called = name.resolve(start.relativize(file));
        if (isHidden(file) || !glob.map(matcher -> matcher.matches(called)).orElse(true)) {
          return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
          log.add(CorpusProblems.unreadable(called.toString(), "a symbolic link to nothing"));
        } else if (!allowed.test(file)) {
          log.add(problems.leadsOutside(called));
        } else if (attributes.isRegularFile()) {
          found.add(new CorpusFile(file.toRealPath(), called.toString()));
        }
        return bounded();
      }

      private FileVisitResult bounded() {
        if (found.size() > limits.maxFiles()) {
          log.add(problems.tooMany(limits.maxFiles()));
          return FileVisitResult.TERMINATE;
        }
        return log.full() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) {
        Path called = name.resolve(start.relativize(file));
        log.add(CorpusProblems.unreadable(called.toString(), failure.toString()));
        return log.full() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
      }
    };
  }

  private static boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }
}
