package io.holdfast.k8s.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With {@code -Dholdfast.write} the page is written instead of compared. */
class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("../docs/reference/configuration.md");
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(HOLDFAST_[A-Z_]+)(?:=|:\\s|, value)");

  private final ConfigurationReference reference = ConfigurationReference.ofThisProject();

  @Test
  void thePageSaysWhatTheSourcesSay() throws IOException {
    if (System.getProperty("holdfast.write") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, reference.markdown());
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("run: mvn -pl k8s test -Dtest=ConfigurationReferenceTest -Dholdfast.write")
        .isEqualTo(reference.markdown());
  }

  /** The reader would be of no use if it passed over a way of declaring settings. */
  @Test
  void settingsOfEachKindAreFound() {
    assertThat(reference.names())
        .contains(
            "holdfast.work.exit-when-idle",
            "holdfast.artifacts.root",
            "holdfast.engine.device",
            "holdfast.tasks.allow-loopback");
  }

  @Test
  void servicesSetOnlyWhatExists() {
    for (String service : Modules.SERVICES) {
      assertThat(reference.names()).as(service).containsAll(ConfigurationReference.usedBy(service));
    }
  }

  /** A misspelt variable in a manifest would be ignored silently. */
  @Test
  void manifestsAndImagesSetOnlyWhatExists() throws IOException {
    Set<String> variables =
        reference.names().stream().map(Setting::variable).collect(Collectors.toSet());
    // What the compose file and its scripts take from whoever calls them.
    variables.addAll(Set.of("HOLDFAST_DATABASE_PASSWORD", "HOLDFAST_DB_PASSWORD"));
    assertThat(variables).containsAll(variablesIn(Path.of("."), Path.of("../docker")));
  }

  private static Set<String> variablesIn(Path... folders) throws IOException {
    Set<String> variables = new TreeSet<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(ConfigurationReferenceTest::isManifest).toList()) {
          VARIABLE
              .matcher(Files.readString(file))
              .results()
              .forEach(m -> variables.add(m.group(1)));
        }
      }
    }
    assertThat(variables).contains("HOLDFAST_ARTIFACTS_ROOT", "HOLDFAST_WORK_EXIT_AFTER");
    return variables;
  }

  private static boolean isManifest(Path file) {
    return !file.toString().contains("/target/")
        && (file.toString().endsWith(".yaml") || file.toString().endsWith("Dockerfile"));
  }
}
