package io.holdfast.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kit.security.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of a service in the table of endpoints and roles. */
final class EndpointTable {

  /** Set to any value, the table is written instead of compared. */
  private static final String WRITE = "holdfast.write";

  private static final Path TABLE = Path.of("../docs/guides/endpoints.md");

  private final String start;
  private final List<String> rows;

  EndpointTable(String service, List<Endpoint> endpoints) {
    this.start = "| %s |".formatted(service);
    this.rows = endpoints.stream().map(this::row).toList();
  }

  void verify() throws IOException {
    List<String> lines = Files.readAllLines(TABLE);
    if (System.getProperty(WRITE) != null) {
      write(lines);
      return;
    }
    assertThat(lines.stream().filter(line -> line.startsWith(start)))
        .as("%s; -D%s writes it anew", TABLE, WRITE)
        .containsExactlyElementsOf(rows);
  }

  private void write(List<String> lines) throws IOException {
    List<String> others = lines.stream().filter(line -> !line.startsWith(start)).toList();
    List<String> all = new ArrayList<>(others);
    all.addAll(rows);
    Files.write(TABLE, all);
  }

  private String row(Endpoint endpoint) {
    String marks =
        Roles.ascending().stream()
            .map(role -> Roles.upTo(role).contains(endpoint.role()) ? "yes" : "–")
            .collect(Collectors.joining(" | "));
    return "%s %s | `%s` | – | %s |".formatted(start, endpoint.method(), endpoint.path(), marks);
  }
}
