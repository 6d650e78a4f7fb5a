package io.holdfast.k8s.upgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a database demands of whoever writes to it.
 *
 * @param columns by table and name
 * @param rules checks, keys and unique indexes, by table and definition, with their columns
 */
record Tables(
    Map<String, Map<String, Column>> columns, Map<String, Map<String, Set<String>>> rules) {

  /**
   * @param type as PostgreSQL writes it
   * @param required a row without a value is refused
   */
  record Column(String type, boolean required) {}

  private static final String COLUMNS =
      """
      select c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull and not a.atthasdef and a.attidentity = ''
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and a.attnum > 0 and not a.attisdropped""";

  private static final String CONSTRAINTS =
      """
      select c.relname, pg_get_constraintdef(k.oid), a.attname
      from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
      where c.relnamespace = 'public'::regnamespace""";

  private static final String UNIQUE_INDEXES =
      """
      select c.relname, pg_get_indexdef(i.indexrelid), a.attname
      from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey::int[])
      where c.relnamespace = 'public'::regnamespace and i.indisunique
        and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)""";

  static Tables of(Connection connection) throws SQLException {
    Tables tables = new Tables(new TreeMap<>(), new TreeMap<>());
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(COLUMNS)) {
        while (row.next()) {
          tables
              .columns
              .computeIfAbsent(row.getString(1), table -> new TreeMap<>())
              .put(row.getString(2), new Column(row.getString(3), row.getBoolean(4)));
        }
      }
      for (String query : List.of(CONSTRAINTS, UNIQUE_INDEXES)) {
        try (ResultSet row = statement.executeQuery(query)) {
          while (row.next()) {
            tables
                .rules
                .computeIfAbsent(row.getString(1), table -> new TreeMap<>())
                .computeIfAbsent(row.getString(2), rule -> new TreeSet<>())
                .add(row.getString(3));
          }
        }
      }
    }
    return tables;
  }

  /** Why a pod that knows only these tables could fail on the later ones; empty when it cannot. */
  List<String> brokenBy(Tables later) {
    List<String> problems = new ArrayList<>();
    columns.forEach(
        (table, known) -> {
          Map<String, Column> now = later.columns.get(table);
          if (now == null) {
            problems.add(table + " is gone");
          } else {
            known.forEach(
                (name, column) -> compare(table + "." + name, column, now.get(name), problems));
            now.forEach(
                (name, column) -> {
                  if (!known.containsKey(name) && column.required()) {
                    problems.add(
                        "%s.%s is new, not null and has no default".formatted(table, name));
                  }
                });
            newRules(table, known.keySet(), later, problems);
          }
        });
    return problems;
  }

  private static void compare(String name, Column known, Column now, List<String> problems) {
    if (now == null) {
      problems.add(name + " is gone");
    } else if (!now.type().equals(known.type())) {
      problems.add("%s was %s and is %s".formatted(name, known.type(), now.type()));
    } else if (now.required() && !known.required()) {
      problems.add(name + " may no longer be left out");
    }
  }

  /** A rule on columns that the earlier version writes may refuse what it writes. */
  private void newRules(String table, Set<String> known, Tables later, List<String> problems) {
    Map<String, Set<String>> before = rules.getOrDefault(table, Map.of());
    later
        .rules
        .getOrDefault(table, Map.of())
        .forEach(
            (rule, on) -> {
              if (!before.containsKey(rule) && on.stream().anyMatch(known::contains)) {
                problems.add("%s has a new rule: %s".formatted(table, rule));
              }
            });
  }
}
