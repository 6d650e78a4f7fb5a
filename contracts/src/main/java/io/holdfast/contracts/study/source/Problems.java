package io.holdfast.contracts.study.source;

import io.holdfast.contracts.problem.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what is wrong with a text. A value that several readers look at, such as a default that
 * every recipe inherits, is reported once.
 */
public final class Problems {

  private static final int LONGEST_VALUE = 80;

  /** More than these help nobody; what comes after is dropped. */
  static final int MOST = 200;

  private static final int COMPARED_NAMES = 500;

  /** The given file first, and in each file what has no line first. */
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Problem::line, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Set<Problem> found = new LinkedHashSet<>();
  private final Map<Place, String> suggestions = new HashMap<>();

  /** Reports a value. */
  public void at(Tree tree, String code, String message, String remedy) {
    add(code, tree.place(), tree.render(LONGEST_VALUE), message, remedy);
  }

  /** Reports something that is absent: {@code place} is where it should be. */
  public void missing(Place place, String message, String remedy) {
    add("missing", place, null, message, remedy);
  }

  public void add(String code, Place place, String value, String message, String remedy) {
    String path = place.path().isEmpty() ? "study" : place.path();
    if (found.size() < MOST) {
      Integer line = place.line() == 0 ? null : place.line();
      found.add(new Problem(code, path, line, value, message, remedy, place.file()));
    }
  }

  /** Takes over what was found in another file. */
  public void addAll(Problems others, String file) {
    for (Problem other : others.found) {
      add(
          other.code(),
          new Place(other.path(), other.line() == null ? 0 : other.line(), file),
          other.value(),
          other.message(),
          other.remedy());
    }
  }

  /** Reports a name that is not among the known ones, with the nearest of them. */
  public void unknown(
      Tree tree, String code, String message, String name, Collection<String> known) {
    if (found.size() < MOST) {
      // Comparing is the only thing here that is slow, and every recipe may inherit the same name.
      String remedy =
          suggestions.computeIfAbsent(
              tree.place(),
              place -> NearestName.suggest(name, known.stream().limit(COMPARED_NAMES).toList()));
      at(tree, code, message, remedy);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything found, in the order of the text. */
  public List<Problem> inOrder() {
    return found.stream().sorted(BY_PLACE).toList();
  }
}
