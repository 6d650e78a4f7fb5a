package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import java.util.regex.Pattern;

/** Names that authors choose: they become folder names, labels and parts of paths. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

  private Names() {}

  static boolean check(String name, Tree at, String what, Problems problems) {
    if (NAME.matcher(name).matches()) {
      return true;
    }
    problems.at(
        at,
        "bad-name",
        "A %s's name has up to 64 letters, digits, and . _ + - after the first.".formatted(what),
        "Rename it.");
    return false;
  }
}
