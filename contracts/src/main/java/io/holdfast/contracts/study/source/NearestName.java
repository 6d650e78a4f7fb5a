package io.holdfast.contracts.study.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what the author of a misspelt name meant. */
public final class NearestName {

  private static final int LISTED = 20;

  private NearestName() {}

  /** The known name that is few typing errors away, if any. */
  public static Optional<String> of(String name, Collection<String> known) {
    String plain = plain(name);
    return known.stream()
        .filter(candidate -> close(plain, plain(candidate)))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A remedy: the nearest name, or all of them. */
  public static String suggest(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "There is none to choose from.";
    }
    return of(name, known)
        .map("Did you mean %s?"::formatted)
        .orElseGet(
            () ->
                "Choose one of %s%s."
                    .formatted(
                        known.stream().limit(LISTED).collect(Collectors.joining(", ")),
                        known.size() > LISTED ? ", …" : ""));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
    return lower.length() <= 64 ? lower : lower.substring(0, 64);
  }

  private static boolean close(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    if (shorter >= 3 && (a.startsWith(b) || b.startsWith(a))) {
      return true;
    }
    return distance(a, b) <= Math.max(1, Math.max(a.length(), b.length()) / 3);
  }

  /**
   * Optimal string alignment distance: insertions, deletions, substitutions and swaps of
   * neighbours.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
