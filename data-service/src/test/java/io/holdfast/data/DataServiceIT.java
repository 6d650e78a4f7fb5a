package io.holdfast.data;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.data.preparation.PreparationRow;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.shard.TokenShard;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_data"))
@QuarkusTestResource(CorpusFolder.class)
class DataServiceIT {

  /** Data-service hands it on untouched. */
  private static final Probe PROBE = new Probe.Interpolated(0.5);

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "holdfast.corpora.roots")
  Path folder;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private StageTopics topics;

  @BeforeEach
  void connect() {
    topics = new StageTopics(bootstrapServers);
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }

  @Test
  void inspectsEmbeddedAndUserCorpora() throws IOException {
    String notes = writeNotes("notes.jsonl", 400, 1);
    InspectionRequest request =
        new InspectionRequest(
            new TokenizerDefinition(512, List.of("proofs", "notes"), null),
            Map.of(
                "proofs", new CorpusDefinition("metamath", null, 0.02, 0.05),
                "notes", new CorpusDefinition(null, notes, 0.1, 0.1)));
    Inspection first = inspect(request);
    assertThat(first.problems()).isEmpty();
    assertThat(first.vocabSize()).isEqualTo(512);
    InspectedCorpus corpus = first.corpora().get("notes");
    assertThat(corpus.documents()).isEqualTo(400);
    assertThat(corpus.bytes()).isEqualTo(textBytes(notes));
    assertThat(corpus.train().tokens()).isGreaterThan(corpus.train().documents());
    assertThat(corpus.train().documents() + corpus.dev().documents() + corpus.test().documents())
        .isEqualTo(400);
    assertThat(first.corpora().get("proofs").train().tokens()).isGreaterThan(1_000_000);

    assertThat(inspect(request)).isEqualTo(first);

    given()
        .get("/api/corpora")
        .then()
        .statusCode(200)
        .body("embedded.name", hasItem("metamath"))
        .body("registered.source", hasItem(notes));
    given().get("/api/tokenizers").then().statusCode(200).body("id", hasItem(first.tokenizer()));
    assertThat(artifacts.resolve("tokenizers/" + first.tokenizer() + "/tokenizer.json"))
        .isRegularFile();
    given().get("/q/openapi").then().statusCode(200).body(containsString("/api/inspections"));
  }

  @Test
  void readsACorpusAgainWhenItsFileChanges() throws IOException {
    String notes = writeNotes("changing.jsonl", 300, 2);
    Inspection before = inspect(notesOnly(notes));
    writeNotes("changing.jsonl", 301, 2);
    Inspection after = inspect(notesOnly(notes));
    assertThat(after.corpora().get("notes").documents()).isEqualTo(301);
    assertThat(after.corpora().get("notes").id()).isNotEqualTo(before.corpora().get("notes").id());
  }

  @Test
  void reportsAllProblemsOfAllCorporaAtOnce() throws IOException {
    Files.writeString(folder.resolve("broken.jsonl"), "{\"text\": \"a\"}\n{\"text\": \n{}\n");
    Files.writeString(folder.resolve("empty.txt"), "");
    Files.write(folder.resolve("latin.txt"), new byte[] {'c', 'a', 'f', (byte) 0xe9});
    Inspection inspection =
        inspect(
            new InspectionRequest(
                new TokenizerDefinition(512, List.of("broken", "prosa"), null),
                Map.of(
                    "broken", new CorpusDefinition(null, "broken.jsonl", 0.1, 0.1),
                    "empty", new CorpusDefinition(null, "empty.txt", 0, 0),
                    "latin", new CorpusDefinition(null, "latin.txt", 0, 0),
                    "missing", new CorpusDefinition(null, "missing.jsonl", 0.1, 0.1),
                    "outside", new CorpusDefinition(null, "../../secrets.txt", 0.1, 0.1),
                    "unknown", new CorpusDefinition("metamat", null, 0.1, 0.1))));
    assertThat(inspection.corpora()).isEmpty();
    assertThat(inspection.tokenizer()).isNull();
    assertThat(inspection.problems())
        .extracting(Problem::path)
        .anyMatch(path -> path.contains("broken.jsonl:2"))
        .anyMatch(path -> path.contains("broken.jsonl:3"))
        .anyMatch(path -> path.contains("empty.txt"))
        .anyMatch(path -> path.contains("latin.txt"))
        .anyMatch(path -> path.startsWith("corpora.missing"))
        .anyMatch(path -> path.startsWith("corpora.outside"))
        .anyMatch(path -> path.startsWith("corpora.unknown"))
        .contains("tokenizer.train_on[1]");
  }

  @Test
  void takesTheUsersTokenizerAndRefusesWhatIsNone() throws IOException {
    String notes = writeNotes("tokenized.jsonl", 300, 3);
    String trained = inspect(notesOnly(notes)).tokenizer();
    Files.copy(
        artifacts.resolve("tokenizers/" + trained + "/tokenizer.json"),
        folder.resolve("mine.json"));
    Map<String, CorpusDefinition> corpora =
        Map.of("notes", new CorpusDefinition(null, notes, 0.1, 0.1));
    Inspection taken =
        inspect(new InspectionRequest(new TokenizerDefinition(null, null, "mine.json"), corpora));
    assertThat(taken.problems()).isEmpty();
    assertThat(taken.vocabSize()).isEqualTo(300);
    assertThat(taken.tokenizer()).isNotEqualTo(trained);
    Inspection refused =
        inspect(new InspectionRequest(new TokenizerDefinition(null, null, notes), corpora));
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactly("tokenizer-unreadable");
    assertThat(refused.corpora().get("notes").train().tokens()).isNull();
  }

  @Test
  void refusesAVocabularyThatTheCorporaCannotFill() throws IOException {
    Files.writeString(folder.resolve("short.jsonl"), "{\"text\": \"ab ab\"}\n");
    Inspection inspection =
        inspect(
            new InspectionRequest(
                new TokenizerDefinition(512, List.of("short"), null),
                Map.of("short", new CorpusDefinition(null, "short.jsonl", 0, 0))));
    assertThat(inspection.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("vocabulary-not-reached");
              assertThat(problem.message()).contains("259");
            });
  }

  @Test
  void answersMalformedRequestsWithTheirPlace() {
    given()
        .contentType("application/json")
        .body("{\"tokenizer\": {\"vocab_size\": 512}, \"corpora\": [1]}")
        .post("/api/inspections")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:holdfast:problem:malformed-body"));
  }

  @Test
  void inspectionsAtTheSameTimeGetTheSameAnswer() throws Exception {
    String notes = writeNotes("shared.jsonl", 500, 4);
    List<Future<Inspection>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        running.add(threads.submit(() -> inspect(notesOnly(notes))));
      }
    }
    HashSet<Inspection> answers = new HashSet<>();
    for (Future<Inspection> each : running) {
      answers.add(each.get());
    }
    assertThat(answers).hasSize(1);
  }

  @Test
  void preparesARequestedStageWithItsExactTokens() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("prepared.jsonl", 400, 5)));
    InspectedCorpus notes = study.corpora().get("notes");
    Part part = new Part(notes.id(), null);
    StageSpec spec =
        Stages.spec(
            study.tokenizer(),
            new MixtureSpec(
                32,
                Budget.ofTokens(5000),
                List.of(new Source(part, 1)),
                List.of(new Exposure(part, 0.25, ExposureMode.ADD, 0, 1)),
                List.of()),
            new EarlyStopping(notes.id(), 1000, 3, 200));
    topics.send(request(spec, 1, new HeldOutSet(notes.id(), 1L << 40)));

    StagePrepared prepared = topics.await(StagePrepared.class, spec.id(), 1).getFirst();
    assertThat(prepared.probes()).containsExactly(PROBE);
    assertThat(prepared.spec()).isEqualTo(spec);
    assertThat(artifacts.resolve(prepared.tokenizer())).isRegularFile();
    assertThat(prepared.dev().maxTokens()).isEqualTo(200);
    assertThat(prepared.evaluations())
        .extracting(HeldOutShard::maxTokens)
        .containsExactly(notes.test().tokens());
    long exposed = 0;
    long base = 0;
    try (MixtureSequences sequences = new MixtureSequences(prepared.plan(), artifacts::resolve)) {
      for (long i = 0; i < sequences.sequences(); i++) {
        MixtureSequences.Source source = sequences.source(i);
        boolean exposure = prepared.plan().streams().get(source.stream()).role() == Role.EXPOSURE;
        exposed += exposure ? source.targets() : 0;
        base += exposure ? 0 : source.targets();
      }
    }
    assertThat(base).isEqualTo(5000);
    assertThat(prepared.plan().streams())
        .filteredOn(stream -> stream.role() == Role.EXPOSURE)
        .singleElement()
        .satisfies(
            stream ->
                assertThat(stream.documents())
                    .isEqualTo(Math.round(notes.train().documents() / 4.0)));
    assertThat(exposed).isEqualTo(prepared.plan().streams().getLast().tokens());
  }

  @Test
  void findsWhatTheFisherIsMeasuredOn() throws IOException {
    Inspection study =
        inspect(
            new InspectionRequest(
                new TokenizerDefinition(300, List.of("notes"), null),
                Map.of("notes", notes("fisher.jsonl", 13), "earlier", notes("earlier.jsonl", 14))));
    InspectedCorpus earlier = study.corpora().get("earlier");
    MixtureSpec mixture =
        new MixtureSpec(
            32,
            Budget.ofTokens(1000),
            List.of(new Source(new Part(study.corpora().get("notes").id(), null), 1)),
            List.of(),
            List.of());
    StageSpec spec =
        Stages.spec(study.tokenizer(), mixture, Stages.ewc(earlier.id(), 1L << 40), null);
    topics.send(request(spec, 1));

    StagePrepared prepared = topics.await(StagePrepared.class, spec.id(), 1).getFirst();

    assertThat(prepared.dev()).isNull();
    assertThat(prepared.fisher().corpus()).isEqualTo(earlier.id());
    assertThat(prepared.fisher().maxTokens()).isEqualTo(earlier.dev().tokens());
    try (TokenShard shard = TokenShard.open(artifacts.resolve(prepared.fisher().shard()))) {
      assertThat(shard.tokens()).isEqualTo(earlier.dev().tokens());
    }
  }

  @Test
  void answersWithinMomentsWhenTheShardsAreThere() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("fast.jsonl", 400, 12)));
    Part notes = new Part(study.corpora().get("notes").id(), null);
    List<Duration> answers = new ArrayList<>();
    for (int i = 1; i <= 15; i++) {
      MixtureSpec mixture =
          new MixtureSpec(
              32, Budget.ofTokens(i), List.of(new Source(notes, 1)), List.of(), List.of());
      StageSpec spec = Stages.spec(study.tokenizer(), mixture, null);
      Instant sent = Instant.now();
      topics.send(request(spec, 1));
      topics.await(StagePrepared.class, spec.id(), 1);
      answers.add(Duration.between(sent, Instant.now()));
    }
    answers.sort(null);
    assertThat(answers.get(answers.size() / 2)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void answersARepeatedRequestAnewAndARedeliveredOneNotAtAll() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("repeated.jsonl", 400, 6)));
    String corpus = study.corpora().get("notes").id();
    StageSpec spec = Stages.spec(study.tokenizer(), corpus, null);
    CloudEvent delivered = CloudEvent.of("/holdfast/test", Instant.now(), request(spec, 1));
    topics.send(delivered);
    StagePrepared first = topics.await(StagePrepared.class, spec.id(), 1).getFirst();
    topics.send(delivered);
    topics.send(request(spec, 1, new HeldOutSet(corpus, 50)));
    StagePrepared second = topics.await(StagePrepared.class, spec.id(), 2).getLast();
    assertThat(second.plan()).isEqualTo(first.plan());
    assertThat(first.evaluations()).isEmpty();
    assertThat(second.evaluations()).hasSize(1);
    // A later stage of the same key passes behind whatever the redelivery could have caused.
    topics.send(request(spec, 2));
    assertThat(topics.await(StagePrepared.class, spec.id(), 3))
        .extracting(StagePrepared::attempt)
        .containsExactly(1, 1, 2);
  }

  @Test
  void failsAStageThatTheCorporaCannotServe() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("failing.jsonl", 400, 7)));
    String corpus = study.corpora().get("notes").id();
    StageSpec spec =
        Stages.spec(
            study.tokenizer(),
            new MixtureSpec(
                32,
                Budget.ofTokens(5000),
                List.of(new Source(new Part(corpus, 1L << 40), 1)),
                List.of(),
                List.of()),
            null);
    topics.send(request(spec, 1));
    StageFailed failed = topics.await(StageFailed.class, spec.id(), 1).getFirst();
    assertThat(failed.code()).isEqualTo(FailureCode.DATA_UNUSABLE);
    assertThat(failed.attempt()).isEqualTo(1);
    assertThat(failed.message())
        .contains("limit_tokens")
        .contains(study.corpora().get("notes").train().tokens().toString());
    assertThat(failed.remedy()).contains("Lower the limit");
    topics.send(request(spec, 1));
    assertThat(topics.await(StageFailed.class, spec.id(), 2).getLast()).isEqualTo(failed);
    topics.send(request(spec, 2));
    assertThat(topics.await(StageFailed.class, spec.id(), 3).getLast().attempt()).isEqualTo(2);
  }

  @Test
  void failsAStageOfUnknownCorporaAndTokenizers() throws IOException {
    StageSpec noTokenizer = Stages.spec(hash(), hash(), null);
    topics.send(request(noTokenizer, 1));
    assertThat(topics.await(StageFailed.class, noTokenizer.id(), 1).getFirst().message())
        .contains(noTokenizer.tokenizer());
    Inspection study = inspect(notesOnly(writeNotes("known.jsonl", 300, 8)));
    StageSpec noCorpus = Stages.spec(study.tokenizer(), hash(), null);
    topics.send(request(noCorpus, 1, new HeldOutSet("b".repeat(64), 1)));
    StageFailed failed = topics.await(StageFailed.class, noCorpus.id(), 1).getFirst();
    assertThat(failed.message())
        .contains(noCorpus.mixture().base().getFirst().part().corpus())
        .contains("b".repeat(64));
  }

  @Test
  void tokenizesAgainWhatIsMissing() throws IOException {
    String notes = writeNotes("gone.jsonl", 400, 9);
    Inspection study = inspect(notesOnly(notes));
    String corpus = study.corpora().get("notes").id();
    Path shards = shards(corpus, study.tokenizer());
    Storage.deleteRecursively(shards);
    StageSpec spec = Stages.spec(study.tokenizer(), corpus, null);
    topics.send(request(spec, 1));
    topics.await(StagePrepared.class, spec.id(), 1);
    assertThat(DurableDirectory.open(shards).verify().files()).hasSize(6);

    Storage.deleteRecursively(shards);
    writeNotes("gone.jsonl", 399, 9);
    topics.send(request(spec, 1));
    assertThat(topics.await(StageFailed.class, spec.id(), 1).getFirst().message())
        .contains("gone.jsonl")
        .contains("no longer those that were registered");
  }

  @Test
  void repairsDamagedShards() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("damaged.jsonl", 400, 10)));
    String corpus = study.corpora().get("notes").id();
    Path index = shards(corpus, study.tokenizer()).resolve("train.idx");
    byte[] damaged = Files.readAllBytes(index);
    damaged[40] ^= 1;
    Files.write(index, damaged);
    StageSpec spec = Stages.spec(study.tokenizer(), corpus, null);
    topics.send(request(spec, 1));
    topics.await(StagePrepared.class, spec.id(), 1);
    DurableDirectory.open(index.getParent()).verify();
  }

  @Test
  void ignoresRequestsThatWereCancelledAndAnswersLaterAttempts() throws IOException {
    Inspection study = inspect(notesOnly(writeNotes("cancelled.jsonl", 300, 11)));
    StageSpec spec = Stages.spec(study.tokenizer(), study.corpora().get("notes").id(), null);
    topics.send(new StageCancelled(spec.id(), 1));
    awaitState(spec.id(), "CANCELLED");
    topics.send(request(spec, 1));
    topics.send(request(spec, 2));
    assertThat(topics.await(StagePrepared.class, spec.id(), 1))
        .extracting(StagePrepared::attempt)
        .containsExactly(2);
  }

  private static void awaitState(String stageId, String state) {
    Awaitility.await()
        .until(
            () ->
                QuarkusTransaction.requiringNew()
                        .call(
                            () ->
                                PreparationRow.count(
                                    "stageId = ?1 and cast(state as string) = ?2", stageId, state))
                    == 1);
  }

  private Path shards(String corpus, String tokenizer) {
    return artifacts.resolve(
        "shards/" + corpus.substring(0, 16) + "-" + tokenizer.substring(0, 16));
  }

  @Test
  void findsHeldOutTextInTrainingText() throws IOException {
    String notes = writeNotes("leaky.jsonl", 400, 77);
    Map<String, CorpusDefinition> corpora =
        Map.of(
            "strict", new CorpusDefinition(null, notes, 0, 0.2),
            "lax", new CorpusDefinition(null, notes, 0, 0.02));
    InspectionRequest request =
        new InspectionRequest(
            new TokenizerDefinition(300, List.of("lax"), null),
            corpora,
            null,
            List.of(
                new OverlapRequest("strict", "lax", null),
                new OverlapRequest("strict", "strict", null)));

    Inspection found = inspect(request);

    long test = found.corpora().get("strict").test().documents();
    // Splits nest: the smaller test split is a part of the larger, the rest is trained on.
    assertThat(found.overlaps().getFirst().documents()).isEqualTo(test);
    assertThat(found.overlaps().getFirst().duplicates())
        .isEqualTo(test - found.corpora().get("lax").test().documents());
    assertThat(found.overlaps().getFirst().example()).startsWith("leaky.jsonl:");
    assertThat(found.overlaps().getLast().duplicates()).isZero();
    assertThat(inspect(request)).isEqualTo(found);
  }

  private static StageRequested request(StageSpec spec, int attempt, HeldOutSet... evaluations) {
    return new StageRequested(spec.id(), spec, List.of(evaluations), List.of(PROBE), 0, attempt);
  }

  private CorpusDefinition notes(String file, int seed) throws IOException {
    return new CorpusDefinition(null, writeNotes(file, 400, seed), 0.1, 0.1);
  }

  private static InspectionRequest notesOnly(String path) {
    return new InspectionRequest(
        new TokenizerDefinition(300, List.of("notes"), null),
        Map.of("notes", new CorpusDefinition(null, path, 0.1, 0.1)));
  }

  private static Inspection inspect(InspectionRequest request) {
    String answer =
        given()
            .contentType("application/json")
            .body(Json.write(request))
            .post("/api/inspections")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return Json.read(answer, Inspection.class);
  }

  private String writeNotes(String name, int documents, long seed) throws IOException {
    Files.write(folder.resolve(name), Notes.lines(documents, seed));
    return name;
  }

  private long textBytes(String name) throws IOException {
    long bytes = 0;
    for (String line : Files.readAllLines(folder.resolve(name))) {
      bytes += Json.read(line, Map.class).get("text").toString().length();
    }
    return bytes;
  }

  private static String hash() {
    return Json.sha256(UUID.randomUUID().toString());
  }
}
