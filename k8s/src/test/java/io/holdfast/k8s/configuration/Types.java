package io.holdfast.k8s.configuration;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A setting's Java type in an operator's words. */
final class Types {

  private static final Pattern GENERIC = Pattern.compile("(Optional|List|Set)<(.+)>");
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("boolean", "`true` or `false`"),
          Map.entry("int", "whole number"),
          Map.entry("long", "whole number"),
          Map.entry("Long", "whole number"),
          Map.entry("OptionalInt", "whole number"),
          Map.entry("OptionalLong", "whole number"),
          Map.entry("double", "number"),
          Map.entry("OptionalDouble", "number"),
          Map.entry("String", "text"),
          Map.entry("Duration", "duration"),
          Map.entry("MemorySize", "size"),
          Map.entry("Path", "path"),
          Map.entry("URI", "address"),
          Map.entry("StoreKind", "`folder` or `s3`"),
          Map.entry("Mode", "`local`, `token` or `oidc`"));

  private Types() {}

  static boolean isOptional(String java) {
    return java.startsWith("Optional");
  }

  /** Fails for a type that has no words yet. */
  static String words(String java) {
    Matcher generic = GENERIC.matcher(java);
    if (generic.matches()) {
      String inner = words(generic.group(2));
      return generic.group(1).equals("Optional") ? inner : "list: " + inner;
    }
    String words = WORDS.get(java);
    if (words == null) {
      throw new IllegalArgumentException(
          "settings of type %s have no words yet: add them to %s".formatted(java, Types.class));
    }
    return words;
  }
}
