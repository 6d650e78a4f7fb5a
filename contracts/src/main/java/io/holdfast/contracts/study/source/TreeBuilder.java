package io.holdfast.contracts.study.source;

import java.util.LinkedHashMap;
import java.util.Map;

/** What both readers share: the count of values, and duplicate keys. */
final class TreeBuilder {

  private static final int MAX_VALUES = 10_000;
  private static final int LONGEST_KEY = 100;

  private final Problems problems;
  private int values;

  TreeBuilder(Problems problems) {
    this.problems = problems;
  }

  /** Counts a value; an alias that multiplies values ends here. */
  void count(Place place, int depth) {
    if (depth > TreeReader.MAX_DEPTH) {
      throw new TooLargeException(
          "too-deep",
          place,
          "Values are nested deeper than %d.".formatted(TreeReader.MAX_DEPTH),
          "Write the study flatter.");
    }
    if (++values > MAX_VALUES) {
      throw new TooLargeException(
          "too-large",
          place,
          "The study has more than %d values.".formatted(MAX_VALUES),
          "Use fewer aliases, or split the study.");
    }
  }

  /** Place of a key's value. Long keys end here: every place below would repeat them. */
  Place place(Place around, String key, int line) {
    if (key.length() > LONGEST_KEY) {
      throw new TooLargeException(
          "too-large",
          new Place(around.path(), line),
          "A key is longer than %d characters.".formatted(LONGEST_KEY),
          "Use a shorter name.");
    }
    return around.key(key, line);
  }

  /** Enters a key; of two equal keys the first counts and the second is reported. */
  void enter(Map<String, Tree> entries, String key, Tree value) {
    Tree earlier = entries.putIfAbsent(key, value);
    if (earlier != null) {
      problems.at(
          value,
          "duplicate-key",
          "The key is given twice; the first is in line %d.".formatted(earlier.place().line()),
          "Remove one of the two.");
    }
  }

  static Map<String, Tree> entries() {
    return new LinkedHashMap<>();
  }

  /** The text exceeds a limit; reading stops. */
  static final class TooLargeException extends RuntimeException {
    private final String code;
    private final transient Place place;
    private final String remedy;

    TooLargeException(String code, Place place, String message, String remedy) {
      super(message, null, false, false);
      this.code = code;
      this.place = place;
      this.remedy = remedy;
    }

    void report(Problems problems) {
      problems.add(code, place, null, getMessage(), remedy);
    }
  }
}
