package io.holdfast.lm.program;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Program text with placeholders such as {@code $HEADS}. */
final class ScriptTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$[A-Z0-9_]+");

  private ScriptTemplate() {}

  /** Replaces the placeholders that have a value; others are left for a later call. */
  static String fill(String template, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
  }
}
