package io.holdfast.data;

import static io.restassured.RestAssured.given;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.EventType;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running data-service with its topics, and a folder for users' corpora. */
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_data"))
@QuarkusTestResource(CorpusFolder.class)
abstract class DataServiceFixture {

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "holdfast.corpora.roots")
  Path folder;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  OtherServices topics;

  @BeforeEach
  void connect() {
    topics = others(bootstrapServers);
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }

  /** Hears all that data-service answers. */
  static OtherServices others(String bootstrapServers) {
    return new OtherServices(
        bootstrapServers,
        EventType.STAGE_PREPARED.topic(),
        EventType.STAGE_FAILED.topic(),
        EventType.STAGE_WAITING.topic());
  }

  CorpusDefinition notes(String file, int seed) throws IOException {
    return CorpusDefinition.files(writeNotes(file, 400, seed), 0.1, 0.1);
  }

  static InspectionRequest notesOnly(String path) {
    return new InspectionRequest(
        new TokenizerDefinition(300, List.of("notes"), null),
        Map.of("notes", CorpusDefinition.files(path, 0.1, 0.1)));
  }

  static Inspection inspect(InspectionRequest request) {
    return Inspections.ask(given(), request);
  }

  String writeNotes(String name, int documents, long seed) throws IOException {
    Files.write(folder.resolve(name), Notes.lines(documents, seed));
    return name;
  }
}
