package io.holdfast.k8s.configuration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Javadoc as Markdown. */
final class Javadocs {

  private static final Pattern CODE = Pattern.compile("\\{@(?:code|value)\\s+([^}]*)}");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+[^}]*?([A-Za-z]\\w*(?:\\([^)]*\\))?)\\s*}");
  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@");

  private Javadocs() {}

  /** The comment's text without its block tags, in one line. */
  static String text(String comment) {
    return comment == null ? "" : markdown(BLOCK_TAG.split("\n" + comment, 2)[0]);
  }

  /** What a comment says of one parameter; empty when it says nothing. */
  static String parameter(String comment, String name) {
    for (String tag : BLOCK_TAG.split(comment == null ? "" : "\n" + comment)) {
      String start = "param " + name + " ";
      if (tag.startsWith(start)) {
        String text = markdown(tag.substring(start.length()));
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
      }
    }
    return "";
  }

  private static String markdown(String javadoc) {
    String text = CODE.matcher(javadoc).replaceAll(m -> code(m.group(1)));
    text = LINK.matcher(text).replaceAll(m -> code(m.group(1)));
    return text.replace("<p>", " ").replace("|", "\\|").replaceAll("\\s+", " ").strip();
  }

  private static String code(String text) {
    return Matcher.quoteReplacement("`" + text.strip() + "`");
  }
}
