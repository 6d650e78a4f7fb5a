package io.holdfast.data;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.model.ExportedModel;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.checkpoint.ImportedModel;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a model that a study wants to start from. */
@QuarkusTest
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_data"))
@QuarkusTestResource(CorpusFolder.class)
class BaseInspectionIT {

  private static final Map<String, CorpusDefinition> NOTES =
      Map.of("notes", CorpusDefinition.files("base-notes.jsonl", 0.1, 0.1));

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "holdfast.corpora.roots")
  Path folder;

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 4_000})
  void anExportedModelIsImportedAsItWas(long shardBytes) throws IOException {
    Path model = ExportedModel.write(folder.resolve("models/m" + shardBytes), 7, shardBytes);
    Inspection inspection = inspect("models/m" + shardBytes);

    assertThat(inspection.problems()).isEmpty();
    assertThat(inspection.base().architecture()).isEqualTo(ExportedModel.ARCHITECTURE);
    assertThat(inspection.vocabSize()).isEqualTo(ExportedModel.TOKENS);
    assertThat(inspection.corpora().get("notes").train().tokens()).isPositive();
    ModelDirectory copy =
        ModelDirectory.open(artifacts.resolve(ModelDirectory.artifact(inspection.base().id())));
    assertThat(copy.architecture()).isEqualTo(ExportedModel.ARCHITECTURE);
    try (TensorSource there = copy.weights();
        TensorSource here = ImportedModel.open(model).weights()) {
      LlamaTensors.shapes(ExportedModel.ARCHITECTURE)
          .keySet()
          .forEach(name -> assertThat(there.floats(name)).isEqualTo(here.floats(name)));
    }
  }

  @Test
  void theModelEndsTextsWhereItsConfigurationSays() throws IOException {
    ExportedModel.write(folder.resolve("models/ends"), 8);
    Path tokenizer =
        artifacts.resolve("tokenizers/" + inspect("models/ends").tokenizer() + "/tokenizer.json");

    // Its tokenizer_config.json names another token, as those of instruct models do.
    assertThat(TokenizerFile.read(tokenizer).endOfText()).isZero();
    assertThat(tokenizer.resolveSibling("tokenizer_config.json"))
        .content()
        .contains("<|endoftext|>", "model_max_length");
    assertThat(tokenizer.resolveSibling("chat_template.jinja")).content().contains("messages");
  }

  @Test
  void theSameModelElsewhereIsTheSameAndIsCopiedOnce() throws IOException {
    ExportedModel.write(folder.resolve("models/first"), 9);
    Inspection first = inspect("models/first");
    Path marker = artifacts.resolve("models/" + first.base().id() + "/COMPLETE");
    FileTime written = Files.getLastModifiedTime(marker);
    ExportedModel.write(folder.resolve("elsewhere"), 9);

    assertThat(inspect("models/first")).isEqualTo(first);
    assertThat(inspect("elsewhere")).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(marker)).isEqualTo(written);
    given().get("/api/models").then().statusCode(200).body("id", hasItem(first.base().id()));
  }

  @Test
  void aCopyThatIsGoneIsMadeAgain() throws IOException {
    ExportedModel.write(folder.resolve("models/gone"), 10);
    Inspection first = inspect("models/gone");
    Path copy = artifacts.resolve("models/" + first.base().id());
    Files.delete(copy.resolve("COMPLETE"));

    assertThat(inspect("models/gone")).isEqualTo(first);
    assertThat(ModelDirectory.open(copy).architecture()).isEqualTo(ExportedModel.ARCHITECTURE);
  }

  @Test
  void inspectionsAtTheSameTimeGetTheSameAnswer() throws Exception {
    ExportedModel.write(folder.resolve("models/shared"), 11);
    ExportedModel.write(folder.resolve("models/twin"), 11);
    Set<Inspection> answers = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Inspection> one = () -> inspect("models/shared");
      Callable<Inspection> other = () -> inspect("models/twin");
      for (Future<Inspection> each : threads.invokeAll(List.of(one, other, one, other))) {
        answers.add(each.get());
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next().problems()).isEmpty();
  }

  @Test
  void theTokenizerMayBeNamedWhenItIsTheModels() throws IOException {
    ExportedModel.write(folder.resolve("models/named"), 12);
    Inspection own = inspect("models/named");
    Path another = Files.createDirectories(folder.resolve("another")).resolve("tokenizer.json");
    Files.writeString(
        another, Files.readString(folder.resolve("models/named/tokenizer.json")) + "\n");

    assertThat(inspect(request(taken("models/named/tokenizer.json"), "models/named")))
        .isEqualTo(own);
    assertThat(inspect(request(taken("another/tokenizer.json"), "models/named")).problems())
        .extracting(Problem::code, Problem::path)
        .containsExactly(tuple("tokenizer-of-another-model", "tokenizer.path"));
  }

  @Test
  void aModelWithoutATokenizerTakesTheOneThatIsNamed() throws IOException {
    Path model = ExportedModel.write(folder.resolve("models/bare"), 13);
    Files.move(model.resolve("tokenizer.json"), folder.resolve("kept.json"));
    Files.delete(model.resolve("COMPLETE"));

    assertThat(inspect("models/bare").problems())
        .extracting(Problem::code)
        .containsExactly("tokenizer-missing");
    assertThat(inspect(request(taken("kept.json"), "models/bare")).problems()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Path model = ExportedModel.write(folder.resolve("models/wrong"), 14);
    Files.writeString(
        model.resolve("config.json"),
        Files.readString(model.resolve("config.json"))
            .replace("\"llama\"", "\"gemma\"")
            .replace("\"silu\"", "\"gelu\""));
    Files.delete(model.resolve("model.safetensors"));
    InspectionRequest request =
        new InspectionRequest(
            null,
            Map.of("missing", CorpusDefinition.files("missing.jsonl", 0.1, 0.1)),
            "models/wrong");
    Inspection inspection = inspect(request);

    assertThat(inspection.base()).isNull();
    assertThat(inspection.tokenizer()).isNull();
    assertThat(inspection.problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "config-unusable", "config-unusable", "weights-missing", "corpus-missing");
    assertThat(inspection.problems())
        .noneMatch(problem -> problem.describe().contains(model.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc", "models/../models"})
  void nothingOutsideTheRootsIsLookedAt(String path) throws IOException {
    assertThat(inspect(path).problems())
        .extracting(Problem::code, Problem::path)
        .containsExactly(tuple("model-outside-roots", "model.base"));
  }

  private static TokenizerDefinition taken(String path) {
    return new TokenizerDefinition(null, null, path);
  }

  private static InspectionRequest request(TokenizerDefinition tokenizer, String base) {
    return new InspectionRequest(tokenizer, NOTES, base);
  }

  private Inspection inspect(String base) throws IOException {
    return inspect(request(null, base));
  }

  private Inspection inspect(InspectionRequest request) throws IOException {
    Path notes = folder.resolve("base-notes.jsonl");
    if (!Files.exists(notes)) {
      Files.write(notes, Notes.lines(300, 15));
    }
    return Inspections.ask(given(), request);
  }
}
