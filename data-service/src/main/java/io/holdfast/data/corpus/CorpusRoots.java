package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The folders below which user corpora may lie. A path is a file, a folder (all of it, recursively)
 * or a glob; relative ones start at the first folder that has them. Nothing outside is read, or
 * even told to exist: {@code ..}, absolute paths elsewhere and symbolic links that lead out are
 * refused.
 */
public final class CorpusRoots {

  private static final String GLOB_CHARACTERS = "*?[{";

  private final List<Path> roots;

  /**
   * @param roots existing or future folders; relative ones start at the working directory
   */
  public CorpusRoots(List<Path> roots) {
    this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  /** The files that a path means, sorted by name; empty when there are problems. */
  List<CorpusFile> resolve(String place, String path, ReadingLimits limits, ProblemLog log) {
    RootProblems problems = new RootProblems("corpus", place + ".path", path, roots);
    try {
      return begins(path, problems, log)
          ? resolve(Path.of(path), limits, problems, log)
          : List.of();
    } catch (InvalidPathException e) {
      log.add(problems.notAPath());
    } catch (PatternSyntaxException e) {
      log.add(problems.badGlob(e.getDescription()));
    } catch (IOException e) {
      log.add(CorpusProblems.unreadable(place + ".path", e.toString()));
    }
    return List.of();
  }

  /**
   * The folder of a model, its links followed.
   *
   * @param place the path's place in the user's input, such as {@code model.base}
   * @throws InvalidInputException when there is none below a root
   */
  public Path folder(String place, String path) {
    ProblemLog log = new ProblemLog(1);
    RootProblems problems = new RootProblems("model", place, path, roots);
    try {
      if (begins(path, problems, log)) {
        Optional<Path> folder = existing(Path.of(path));
        if (folder.isEmpty()) {
          log.add(problems.missing());
        } else if (!allowed(folder.get())) {
          log.add(problems.outside());
        } else if (!Files.isDirectory(folder.get())) {
          log.add(problems.notAFolder());
        } else {
          return folder.get().toRealPath();
        }
      }
    } catch (InvalidPathException e) {
      log.add(problems.notAPath());
    } catch (IOException e) {
      log.add(CorpusProblems.unreadable(place, e.toString()));
    }
    throw new InvalidInputException(log.problems());
  }

  /** Whether a path may be looked for at all. */
  private boolean begins(String path, RootProblems problems, ProblemLog log) {
    if (path.isBlank() || path.indexOf('\0') >= 0) {
      log.add(problems.notAPath());
    } else if (roots.isEmpty()) {
      log.add(problems.noRoots());
    } else if (leadsUpwards(Path.of(path))) {
      log.add(problems.upwards());
    } else if (isElsewhere(Path.of(path))) {
      log.add(problems.outside());
    } else {
      return true;
    }
    return false;
  }

  private static boolean leadsUpwards(Path path) {
    for (Path part : path) {
      if (part.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private boolean isElsewhere(Path path) {
    return path.isAbsolute() && roots.stream().noneMatch(path.normalize()::startsWith);
  }

  private List<CorpusFile> resolve(
      Path path, ReadingLimits limits, RootProblems problems, ProblemLog log) throws IOException {
    Optional<Path> literal = existing(path);
    Path fixed = literal.isPresent() ? path : fixedPart(path);
    boolean glob = literal.isEmpty() && !fixed.equals(path);
    Optional<Path> start = literal.or(() -> existing(fixed));
    if (start.isEmpty()) {
      log.add(glob ? problems.noMatch() : problems.missing());
      return List.of();
    }
    if (!allowed(start.get())) {
      log.add(problems.outside());
      return List.of();
    }
    if (Files.isRegularFile(start.get())) {
      return List.of(new CorpusFile(start.get().toRealPath(), path.toString()));
    }
    FolderSearch search = new FolderSearch(this::allowed, limits, problems, log);
    return glob
        ? search.files(start.get(), fixed, Optional.of(matcher(path)), depth(path, fixed))
        : search.files(start.get(), fixed, Optional.empty(), Integer.MAX_VALUE);
  }

  /** Where a path lies; relative ones in the first root that has them. */
  private Optional<Path> existing(Path path) {
    return path.isAbsolute()
        ? Optional.of(path).filter(Files::exists)
        : roots.stream().map(root -> root.resolve(path)).filter(Files::exists).findFirst();
  }

  /** The leading folders of a glob that have no special characters. */
  private static Path fixedPart(Path path) {
    Path fixed = path.isAbsolute() ? path.getRoot() : Path.of("");
    for (Path part : path) {
      if (part.toString().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
        return fixed;
      }
      fixed = fixed.resolve(part);
    }
    return fixed;
  }

  /** How far below its fixed part a glob can match: folders further down are not looked into. */
  private static int depth(Path glob, Path fixed) {
    boolean crossesFolders = glob.toString().contains("**") || glob.toString().contains("{");
    int fixedParts = fixed.toString().isEmpty() ? 0 : fixed.getNameCount();
    return crossesFolders ? Integer.MAX_VALUE : glob.getNameCount() - fixedParts;
  }

  private static PathMatcher matcher(Path path) {
    return FileSystems.getDefault().getPathMatcher("glob:" + path);
  }

  /**
   * Whether a path, its symbolic links followed, lies below a root, its links followed likewise.
   */
  public boolean allowed(Path path) {
    try {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
