package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of {@code parameters:} where {@code ${name}} stands. A value that is nothing but
 * {@code ${name}} becomes the parameter's value, whatever that is; inside a text, its text. {@code
 * $${} is a plain {@code ${}.
 */
final class Parameters {

  static final String KEY = "parameters";

  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\{\\s*([^{}\\s]*)\\s*\\}?");
  private static final Pattern WHOLE = Pattern.compile("\\s*\\$\\{\\s*([^{}\\s]+)\\s*\\}\\s*");

  /** A parameter that holds others can multiply values. */
  private static final int MAX_VALUES = 20_000;

  private static final int LONGEST_TEXT = 10_000;

  private final Mapping declared;
  private final Problems problems;
  private final Map<String, Tree> resolved = new HashMap<>();
  private final Deque<String> resolving = new ArrayDeque<>();
  private int values;

  private Parameters(Mapping declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** The study without its parameters, and with their values in their places. */
  static Tree substitute(Tree tree, Problems problems) {
    if (!(tree instanceof Mapping study)) {
      return tree;
    }
    Tree given = study.get(KEY);
    if (given != null && !given.isNull() && !(given instanceof Mapping)) {
      problems.at(given, "wrong-type", "Here belong keys and values.", "Write it as name: value.");
    }
    Mapping declared =
        given instanceof Mapping mapping ? mapping : new Mapping(study.place(), Map.of());
    declared.entries().forEach((name, value) -> Names.check(name, value, "parameter", problems));
    Parameters parameters = new Parameters(declared, problems);
    Map<String, Tree> entries = new LinkedHashMap<>(study.entries());
    entries.remove(KEY);
    return parameters.tree(new Mapping(study.place(), entries));
  }

  /** One value with those of the parameters in it. */
  static Tree substitute(Tree value, Mapping declared, Problems problems) {
    return new Parameters(declared, problems).tree(value);
  }

  private Tree tree(Tree tree) {
    if (isTooLarge(1, tree)) {
      return tree;
    }
    return switch (tree) {
      case Scalar scalar -> scalar(scalar);
      case Sequence list -> {
        List<Tree> items = new ArrayList<>();
        list.items().forEach(item -> items.add(tree(item)));
        yield new Sequence(list.place(), items);
      }
      case Mapping mapping -> {
        Map<String, Tree> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, tree(value)));
        yield new Mapping(mapping.place(), entries);
      }
    };
  }

  /** Counts values that the study gets; reports the first that are too many. */
  private boolean isTooLarge(int more, Tree at) {
    boolean before = values > MAX_VALUES;
    values = Math.min(values + more, 2 * MAX_VALUES);
    if (!before && values > MAX_VALUES) {
      problems.at(
          at,
          "too-large",
          "Its parameters make the study larger than %d values.".formatted(MAX_VALUES),
          "Let fewer parameters hold others.");
    }
    return values > MAX_VALUES;
  }

  private static int size(Tree tree) {
    return switch (tree) {
      case Scalar scalar -> 1;
      case Sequence list -> 1 + list.items().stream().mapToInt(Parameters::size).sum();
      case Mapping mapping ->
          1 + mapping.entries().values().stream().mapToInt(Parameters::size).sum();
    };
  }

  private Tree scalar(Scalar scalar) {
    if (!scalar.text().contains("${")) {
      return scalar;
    }
    Matcher whole = WHOLE.matcher(scalar.text());
    if (whole.matches()) {
      Tree value = value(whole.group(1), scalar);
      return value == null || isTooLarge(size(value), scalar)
          ? scalar
          : value.movedTo(scalar.place());
    }
    return new Scalar(scalar.place(), text(scalar), scalar.quoted());
  }

  private String text(Scalar scalar) {
    Matcher reference = REFERENCE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    while (reference.find() && text.length() <= LONGEST_TEXT) {
      String found = reference.group();
      String put =
          reference.group(1) != null
              ? found.substring(1)
              : insert(found, reference.group(2), scalar);
      reference.appendReplacement(text, Matcher.quoteReplacement(put));
    }
    if (text.length() > LONGEST_TEXT) {
      problems.at(
          scalar, "too-large", "Its parameters make the text too long.", "Use shorter ones.");
      return scalar.text();
    }
    return reference.appendTail(text).toString();
  }

  private String insert(String found, String name, Scalar scalar) {
    if (name.isEmpty() || !found.endsWith("}")) {
      problems.at(
          scalar,
          "bad-reference",
          "A reference to a parameter is not closed or has no name.",
          "Write it as ${name}, or $${ for the characters themselves.");
      return "";
    }
    Tree value = value(name, scalar);
    if (value instanceof Scalar inserted) {
      return inserted.text();
    }
    if (value != null) {
      problems.at(
          scalar,
          "wrong-type",
          "Parameter %s is a list or a mapping, which has no place inside a text.".formatted(name),
          "Let ${%s} be the whole value.".formatted(name));
    }
    return "";
  }

  /** A parameter's value with its own references replaced, or null and a problem. */
  private Tree value(String name, Scalar at) {
    Tree given = declared.get(name);
    if (given == null) {
      problems.unknown(
          at,
          "unknown-parameter",
          "There is no parameter %s.".formatted(name),
          name,
          declared.entries().keySet());
      return null;
    }
    if (resolving.contains(name)) {
      problems.at(
          given,
          "parameter-cycle",
          "The parameter needs its own value: %s."
              .formatted(String.join(" of ", resolving) + " of " + name),
          "Give one of them a value of its own.");
      return null;
    }
    if (!resolved.containsKey(name)) {
      resolving.addLast(name);
      resolved.put(name, tree(given));
      resolving.removeLast();
    }
    return resolved.get(name);
  }
}
