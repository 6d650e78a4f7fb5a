package io.holdfast.frontier.report;

import io.holdfast.figure.Markup;
import java.util.ArrayList;
import java.util.List;

/** A table that is written as HTML. */
final class Table {

  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  Table(String caption) {
    this.caption = caption;
  }

  private enum Kind {
    TEXT,
    NUMBER,
    CODE
  }

  private record Column(String name, Kind kind) {}

  Table text(String... names) {
    return add(Kind.TEXT, names);
  }

  /** Columns that are aligned to the right. */
  Table number(String... names) {
    return add(Kind.NUMBER, names);
  }

  /** Columns of hashes and paths. */
  Table code(String... names) {
    return add(Kind.CODE, names);
  }

  private Table add(Kind kind, String... names) {
    for (String name : names) {
      columns.add(new Column(name, kind));
    }
    return this;
  }

  Table row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns of %s".formatted(cells.size(), columns.size(), caption));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  Table row(String... cells) {
    return row(List.of(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void write(Markup html) {
    html.open("div", "class", "scroll").open("table").element("caption", caption);
    html.open("thead").open("tr");
    for (Column column : columns) {
      html.element("th", column.name(), "scope", "col", "class", css(column));
    }
    html.close("tr").close("thead").open("tbody").line();
    for (List<String> row : rows) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        html.element("td", row.get(i), "class", css(columns.get(i)));
      }
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
  }

  private static String css(Column column) {
    return switch (column.kind()) {
      case TEXT -> "t";
      case NUMBER -> "n";
      case CODE -> "c";
    };
  }
}
