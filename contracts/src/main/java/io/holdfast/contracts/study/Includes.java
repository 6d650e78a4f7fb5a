package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import io.holdfast.contracts.study.source.TreeReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a study of several files together. What a file includes lies under it: the file's own values
 * take the place of the included ones, key by key, as a recipe's do of the common stages'. A file
 * can only include what lies in its own folder or below.
 *
 * <p>A file's name may hold parameters, as in {@code scales/${scale}.yaml}. They have the values
 * that the study would see there: what the command line sets, then what includers say, then the
 * file itself, then what it included before.
 */
final class Includes {

  static final String KEY = "include";

  /** Also bounds the depth; nobody reads a study of more files. */
  private static final int MOST_FILES = 32;

  private final Path folder;
  private final Problems problems;
  private final List<Path> open = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private Mapping known;

  /**
   * For a study in this folder.
   *
   * @param set parameters that the command line sets
   */
  Includes(Path folder, Mapping set, Problems problems) {
    this.folder = folder.toAbsolutePath().normalize();
    this.known = set;
    this.problems = problems;
  }

  /** The included files, as their includers call them, in the order in which they were read. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** A file's tree with everything that it includes under it. */
  Tree resolve(Path file, Tree tree) {
    if (!(tree instanceof Mapping study) || study.get(KEY) == null) {
      return tree;
    }
    Map<String, Tree> own = new LinkedHashMap<>(study.entries());
    Tree wanted = own.remove(KEY);
    open.add(file.toAbsolutePath().normalize());
    Mapping around = known;
    Mapping inside = over(parameters(study), around);
    Mapping below = new Mapping(study.place(), Map.of());
    for (Tree name : wanted instanceof Sequence list ? list.items() : List.of(wanted)) {
      known = over(parameters(below), inside);
      Optional<Tree> included = included(file, Parameters.substitute(name, known, problems));
      if (included.isPresent() && included.get() instanceof Mapping mapping) {
        below = over(below, mapping);
      }
    }
    known = around;
    open.removeLast();
    return over(below, new Mapping(study.place(), own));
  }

  private static Mapping parameters(Mapping study) {
    return study.get(Parameters.KEY) instanceof Mapping declared
        ? declared
        : new Mapping(study.place(), Map.of());
  }

  /** Key by key: sections deeply, everything else as a whole. */
  private static Mapping over(Mapping below, Mapping above) {
    Map<String, Tree> merged = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, value) ->
                merged.merge(
                    key,
                    value,
                    (lower, upper) ->
                        lower instanceof Mapping l && upper instanceof Mapping u
                            ? Overlay.over(l, u)
                            : upper));
    return new Mapping(above.place(), merged);
  }

  private Optional<Tree> included(Path includer, Tree name) {
    Optional<Path> found = find(includer, name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Path file = found.get();
    if (open.contains(file)) {
      return refuse(name, "include-cycle", "The file includes itself, directly or by others.");
    }
    if (files.size() == MOST_FILES) {
      return refuse(
          name,
          "too-large",
          "A study is put together from at most %d files.".formatted(MOST_FILES));
    }
    String shown = folder.relativize(file).toString();
    files.add(shown);
    return text(file, name)
        .flatMap(
            text -> {
              Problems inside = new Problems();
              Optional<Tree> tree = TreeReader.read(text, inside);
              problems.addAll(inside, shown);
              return tree;
            })
        .map(tree -> tree.withPlaces(place -> place.in(shown)))
        .map(tree -> mapping(tree, shown))
        .map(tree -> resolve(file, tree));
  }

  private Tree mapping(Tree tree, String file) {
    if (!(tree instanceof Mapping)) {
      problems.add(
          "wrong-type",
          new Place("", tree.place().line(), file),
          null,
          "An included file has keys and values, as a study has.",
          "Write in it what several studies have in common.");
    }
    return tree;
  }

  private Optional<Path> find(Path includer, Tree name) {
    if (!(name instanceof Scalar scalar) || scalar.isNull()) {
      return refuse(name, "wrong-type", "Here belongs a file, or a list of files.");
    }
    Path around = includer.toAbsolutePath().normalize().getParent();
    try {
      Path file = around.resolve(scalar.text()).normalize();
      if (!file.startsWith(around)) {
        return refuse(name, "include-outside", "The file lies outside the folder of its includer.");
      }
      if (!Files.isRegularFile(file)) {
        return refuse(name, "include-missing", "There is no such file in " + shown(around) + ".");
      }
      if (!file.toRealPath().startsWith(around.toRealPath())) {
        return refuse(name, "include-outside", "The file is a link to outside of its folder.");
      }
      return Optional.of(file);
    } catch (InvalidPathException | IOException e) {
      return refuse(
          name, "include-missing", "The file cannot be read: %s.".formatted(e.getMessage()));
    }
  }

  private String shown(Path around) {
    return around.equals(folder) ? "the study's folder" : folder.relativize(around).toString();
  }

  private Optional<String> text(Path file, Tree name) {
    try {
      if (Files.size(file) > 4L * TreeReader.MAX_CHARACTERS) {
        return refuse(name, "too-large", "The file is larger than a study can be.");
      }
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      return refuse(name, "not-utf8", "The file is not UTF-8 text.");
    } catch (IOException e) {
      return refuse(name, "include-missing", "The file cannot be read.");
    }
  }

  private <T> Optional<T> refuse(Tree name, String code, String message) {
    problems.at(
        name,
        code,
        message,
        "Name a study file in the folder of the file that includes it, or below, such as"
            + " include: common/base.yaml.");
    return Optional.empty();
  }
}
