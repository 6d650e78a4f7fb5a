package io.holdfast.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What {@code kubectl apply -k} would send to a cluster.
 *
 * @param folder below this module
 * @param objects every object
 */
record Rendered(String folder, List<JsonNode> objects) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Rendered> KNOWN = new ConcurrentHashMap<>();

  /**
   * The base, every overlay, and all components together. Without kubectl the tests are skipped.
   */
  static Stream<Rendered> all() {
    needKubectl();
    try (Stream<Path> overlays = Files.list(Path.of("overlays"))) {
      return Stream.concat(
          Stream.of("base", "src/test/resources/together"), overlays.map(Path::toString).sorted())
          .map(Rendered::of)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Rendered of(String folder) {
    needKubectl();
    return KNOWN.computeIfAbsent(folder, Rendered::render);
  }

  /** Objects of a kind. */
  Stream<JsonNode> kind(String kind) {
    return objects.stream().filter(object -> kind.equals(object.path("kind").asText()));
  }

  /** The object of a kind and name. */
  JsonNode the(String kind, String name) {
    return kind(kind)
        .filter(object -> name.equals(name(object)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(kind, name, folder)));
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  @Override
  public String toString() {
    return folder;
  }

  private static Rendered render(String folder) {
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", folder).redirectErrorStream(true).start();
      String text = new String(kubectl.getInputStream().readAllBytes());
      if (kubectl.waitFor() != 0) {
        throw new AssertionError("%s does not render: %s".formatted(folder, text));
      }
      List<JsonNode> objects = new ArrayList<>();
      try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
        values.forEachRemaining(objects::add);
      }
      return new Rendered(folder, List.copyOf(objects));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** No library renders kustomizations in Java, and Holdfast itself is built without kubectl. */
  private static void needKubectl() {
    Assumptions.assumeTrue(
        onPath("kubectl"),
        "only kubectl renders kustomizations, and it is not on the PATH; install it to test them");
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
