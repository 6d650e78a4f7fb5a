package io.holdfast.eval.task;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Comparison of short answers as in SQuAD's official evaluation (Rajpurkar et al., arXiv 1606.05250
 * and 1806.03822): in lower case, without ASCII punctuation, without the articles a, an and the,
 * with single spaces.
 */
final class SquadText {

  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private SquadText() {}

  static String normalized(String text) {
    String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return SPACE.matcher(ARTICLES.matcher(bare).replaceAll(" ")).replaceAll(" ").strip();
  }

  static boolean equal(String answer, String reference) {
    return normalized(answer).equals(normalized(reference));
  }

  /**
   * Harmonic mean of precision and recall of the answer's words, with multiplicities; of two texts
   * of which one has no words 1 when both have none.
   */
  static double f1(String answer, String reference) {
    List<String> given = words(answer);
    List<String> wanted = words(reference);
    if (given.isEmpty() || wanted.isEmpty()) {
      return given.equals(wanted) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    wanted.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : given) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return 2.0 * common / (given.size() + wanted.size());
  }

  private static List<String> words(String text) {
    String normalized = normalized(text);
    return normalized.isEmpty() ? List.of() : Arrays.asList(normalized.split(" "));
  }
}
