package io.holdfast.contracts.study.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** YAML or JSON as written: untyped, every value with its place. */
public sealed interface Tree {

  Place place();

  /** Appends the value in YAML's flow style and stops soon after {@code limit} characters. */
  void render(StringBuilder out, int limit);

  /** The value on one line as its author would write it, cut to {@code limit} characters. */
  default String render(int limit) {
    StringBuilder out = new StringBuilder();
    render(out, limit);
    return out.length() <= limit ? out.toString() : out.substring(0, limit - 1) + "…";
  }

  /** The same values at other places. */
  default Tree withPlaces(UnaryOperator<Place> moved) {
    return switch (this) {
      case Scalar scalar -> new Scalar(moved.apply(place()), scalar.text(), scalar.quoted());
      case Sequence list ->
          new Sequence(
              moved.apply(place()),
              list.items().stream().map(item -> item.withPlaces(moved)).toList());
      case Mapping mapping -> {
        Map<String, Tree> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, value.withPlaces(moved)));
        yield new Mapping(moved.apply(place()), entries);
      }
    };
  }

  /** This value put somewhere else as a whole. */
  default Tree movedTo(Place to) {
    Place root = place();
    return withPlaces(place -> place.moved(root, to));
  }

  /** Whether this is an explicit or implied null. */
  default boolean isNull() {
    return false;
  }

  /**
   * A value without parts.
   *
   * @param text as written, quotes removed
   * @param quoted whether it had quotes; {@code "null"} is a text, {@code null} is not
   */
  record Scalar(Place place, String text, boolean quoted) implements Tree {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    @Override
    public boolean isNull() {
      return !quoted && NULLS.contains(text);
    }

    @Override
    public void render(StringBuilder out, int limit) {
      String shown = isNull() ? "null" : text;
      out.append(shown.substring(0, Math.min(shown.length(), limit + 1)).replace('\n', ' '));
    }
  }

  /** A list. */
  record Sequence(Place place, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public void render(StringBuilder out, int limit) {
      out.append('[');
      String separator = "";
      for (Tree item : items) {
        if (out.length() > limit) {
          return;
        }
        out.append(separator);
        item.render(out, limit);
        separator = ", ";
      }
      out.append(']');
    }
  }

  /** Keys and values, in the order of the text. */
  record Mapping(Place place, Map<String, Tree> entries) implements Tree {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, or null when the key is absent. */
    public Tree get(String key) {
      return entries.get(key);
    }

    /** This mapping with one value set; a new key comes last. */
    public Mapping with(String key, Tree value) {
      Map<String, Tree> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(place, changed);
    }

    @Override
    public void render(StringBuilder out, int limit) {
      out.append('{');
      String separator = "";
      for (Map.Entry<String, Tree> entry : entries.entrySet()) {
        if (out.length() > limit) {
          return;
        }
        out.append(separator).append(entry.getKey()).append(": ");
        entry.getValue().render(out, limit);
        separator = ", ";
      }
      out.append('}');
    }
  }
}
