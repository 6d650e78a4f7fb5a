import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes "English → formal statement" pairs out of a Metamath database: the comment before a provable
 * assertion, and the assertion with the hypotheses of its scope (Metamath book, chapter 4).
 *
 * <p>Variants of a theorem must not lie on both sides of a split, so they share a group: assertions
 * with equal formal text, with equal English, and those whose labels differ only in what set.mm
 * appends for lemmas, alternative and old proofs, and deduction or virtual-deduction forms.
 */
final class Metamath {

  /** One pair. */
  record Pair(String label, String english, String formal) {}

  private static final Pattern ATTRIBUTION =
      Pattern.compile("\\([A-Z][^()]*\\b(by|from) [^()]*\\d{1,2}-[A-Z][a-z]{2}-\\d{4}\\.?\\s*\\)");
  private static final Pattern DISCOURAGED =
      Pattern.compile("\\((New usage|Proof modification) is discouraged\\.\\)");
  private static final Pattern MATH = Pattern.compile("(?<!`)`(?!`)((?:[^`]|``)*)`(?!`)");
  private static final Pattern LABEL = Pattern.compile("~ (?=\\S)");
  private static final Pattern ITALIC = Pattern.compile("(?<![\\w])_([^_\\s][^_]*)_(?![\\w])");
  private static final Pattern VARIANT =
      Pattern.compile("(lem[0-9a-z]*|(OLD|ALT|VD|RO|K|N)+[0-9]*|[0-9]+)$");
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("((Sub)?[Ll]emma\\b( [0-9a-z]+)?( for| of)? ?\\S*|Part of proof of \\S+\\.?)");
  private static final int MIN_WORDS = 3;
  private static final int MAX_CHARACTERS = 4_000;

  private Metamath() {}

  static void write(Path database, Path to) throws IOException {
    List<Pair> pairs = pairs(Files.readString(database));
    Map<String, String> groups = groups(pairs);
    Set<String> written = new HashSet<>();
    try (JsonLines out = new JsonLines(to)) {
      for (Pair pair : pairs) {
        if (!written.add(pair.english() + "\n" + pair.formal())) {
          continue; // the same theorem with another proof
        }
        out.write(
            "group", groups.get(pair.label()),
            "prompt", pair.english() + "\n",
            "completion", pair.formal());
      }
    }
  }

  /** The pairs in the database's order. */
  static List<Pair> pairs(String database) {
    List<Pair> pairs = new ArrayList<>();
    Deque<List<String>> hypotheses = new ArrayDeque<>();
    hypotheses.push(new ArrayList<>());
    Tokens tokens = new Tokens(database);
    String comment = null;
    String label = null;
    while (tokens.hasNext()) {
      String token = tokens.next();
      switch (token) {
        case "$(" -> comment = tokens.rawUntil("$)");
        case "${" -> hypotheses.push(new ArrayList<>());
        case "$}" -> hypotheses.pop();
        case "$c", "$v", "$d", "$f" -> until("$.", tokens);
        case "$e" -> hypotheses.peek().add(until("$.", tokens));
        case "$a" -> add(label, comment, until("$.", tokens), hypotheses, pairs);
        case "$p" -> {
          add(label, comment, until("$=", tokens), hypotheses, pairs);
          until("$.", tokens);
        }
        default -> label = token;
      }
      if (token.equals("$a") || token.equals("$p")) {
        comment = null;
      }
    }
    return pairs;
  }

  private static void add(
      String label,
      String comment,
      String assertion,
      Deque<List<String>> hypotheses,
      List<Pair> pairs) {
    if (comment == null || !assertion.startsWith("|- ")) {
      return;
    }
    String english = english(comment);
    if (english.split(" ").length < MIN_WORDS || SAYS_NOTHING.matcher(english).matches()) {
      return;
    }
    List<String> given = new ArrayList<>();
    hypotheses.descendingIterator().forEachRemaining(given::addAll);
    String formal =
        given.isEmpty() ? assertion : String.join(" & ", given) + " => " + assertion;
    if (english.length() + formal.length() <= MAX_CHARACTERS) {
      pairs.add(new Pair(label, english, formal));
    }
  }

  /** A comment's first paragraph without attributions and markup. */
  static String english(String comment) {
    String text = comment.split("\n\\s*\n|<HTML>")[0].replaceAll("\\s+", " ");
    // So the database marks what is still to be written of a comment.
    text = text.replace("TODO: FIX COMMENT.", "");
    text = ATTRIBUTION.matcher(text).replaceAll("");
    text = DISCOURAGED.matcher(text).replaceAll("");
    text =
        MATH.matcher(text)
            .replaceAll(math -> Matcher.quoteReplacement(math.group(1).strip()));
    text = text.replace("``", "`");
    text = LABEL.matcher(text).replaceAll("");
    text = ITALIC.matcher(text).replaceAll("$1");
    return text.replaceAll("\\s+", " ").replaceAll(" ([.,;:])(?=\\s|$)", "$1").strip();
  }

  /** The group of each label: the first label of its class. */
  private static Map<String, String> groups(List<Pair> pairs) {
    Map<String, String> parent = new HashMap<>();
    Map<String, String> first = new TreeMap<>();
    for (Pair pair : pairs) {
      parent.put(pair.label(), pair.label());
      for (String feature :
          List.of(
              "formal " + pair.formal(),
              "english " + pair.english(),
              "stem " + VARIANT.matcher(pair.label()).replaceFirst(""))) {
        String other = first.putIfAbsent(feature, pair.label());
        if (other != null) {
          parent.put(root(pair.label(), parent), root(other, parent));
        }
      }
    }
    Map<String, String> groups = new HashMap<>();
    pairs.forEach(pair -> groups.put(pair.label(), root(pair.label(), parent)));
    return groups;
  }

  private static String root(String label, Map<String, String> parent) {
    String at = label;
    while (!parent.get(at).equals(at)) {
      at = parent.get(at);
    }
    return at;
  }

  private static String until(String end, Tokens tokens) {
    StringBuilder statement = new StringBuilder();
    for (String token = tokens.next(); !token.equals(end); token = tokens.next()) {
      if (token.equals("$(")) {
        tokens.rawUntil("$)");
        continue;
      }
      statement.append(statement.isEmpty() ? "" : " ").append(token);
    }
    return statement.toString();
  }

  /** White-space separated tokens of the database. */
  private static final class Tokens {
    private final String text;
    private int at;

    Tokens(String text) {
      this.text = text;
    }

    boolean hasNext() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
      return at < text.length();
    }

    String next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the database ends within a statement");
      }
      int start = at;
      while (at < text.length() && text.charAt(at) > ' ') {
        at++;
      }
      return text.substring(start, at);
    }

    /** The text up to the end token, line breaks kept. */
    String rawUntil(String end) {
      int stop = text.indexOf(end, at);
      String raw = text.substring(at, stop);
      at = stop + end.length();
      return raw;
    }
  }
}
