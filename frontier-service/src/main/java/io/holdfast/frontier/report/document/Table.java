package io.holdfast.frontier.report.document;

import java.util.ArrayList;
import java.util.List;

/** Rows under named columns. Built up column by column, then row by row. */
public final class Table implements Block {

  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String caption) {
    this.caption = caption;
  }

  /** What a column holds. */
  enum Kind {
    TEXT,
    NUMBER,
    CODE
  }

  /** A column. */
  record Column(String name, Kind kind) {}

  /** Columns of words. */
  public Table text(String... names) {
    return add(Kind.TEXT, names);
  }

  /** Columns that are aligned to the right. */
  public Table number(String... names) {
    return add(Kind.NUMBER, names);
  }

  /** Columns of hashes and paths. */
  public Table code(String... names) {
    return add(Kind.CODE, names);
  }

  private Table add(Kind kind, String... names) {
    for (String name : names) {
      columns.add(new Column(name, kind));
    }
    return this;
  }

  /** As many cells as columns. */
  public Table row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns of %s".formatted(cells.size(), columns.size(), caption));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Likewise. */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /** Whether it has no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  String caption() {
    return caption;
  }

  List<Column> columns() {
    return columns;
  }

  List<List<String>> rows() {
    return rows;
  }
}
