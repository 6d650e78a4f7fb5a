package io.holdfast.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build says what is in the service; a scan that reads it sees all that runs. */
class BillOfMaterialsIT {

  private static final Path TARGET = Path.of("target");

  @Test
  void everyLibraryIsListedWithItsHash() throws Exception {
    Set<String> listed = new HashSet<>();
    JsonNode bill = Json.mapper().readTree(TARGET.resolve("quarkus-run-cyclonedx.json").toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    for (JsonNode hash :
        bill.findValues("hashes").stream().flatMap(JsonNode::valueStream).toList()) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        listed.add(hash.path("content").asText());
      }
    }
    List<Path> libraries = libraries();
    assertThat(libraries).hasSizeGreaterThan(100);
    for (Path library : libraries) {
      assertThat(listed).as("%s", library).contains(sha256(library));
    }
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(TARGET.resolve("quarkus-app/lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(hash);
  }
}
