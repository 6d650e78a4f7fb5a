package io.holdfast.data;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.corpus.UnionOverlapRequest;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What data-service says of corpora and tokenizers before anything is trained. */
@QuarkusTest
class InspectionIT extends DataServiceFixture {

  @Test
  void inspectsEmbeddedAndUserCorpora() throws IOException {
    String notes = writeNotes("notes.jsonl", 400, 1);
    InspectionRequest request =
        new InspectionRequest(
            new TokenizerDefinition(512, List.of("proofs", "notes"), null),
            Map.of(
                "proofs", CorpusDefinition.embedded("metamath", 0.02, 0.05),
                "notes", CorpusDefinition.files(notes, 0.1, 0.1)));
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
                    "broken", CorpusDefinition.files("broken.jsonl", 0.1, 0.1),
                    "empty", CorpusDefinition.files("empty.txt", 0, 0),
                    "latin", CorpusDefinition.files("latin.txt", 0, 0),
                    "missing", CorpusDefinition.files("missing.jsonl", 0.1, 0.1),
                    "outside", CorpusDefinition.files("../../secrets.txt", 0.1, 0.1),
                    "unknown", CorpusDefinition.embedded("metamat", 0.1, 0.1))));
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
        Map.of("notes", CorpusDefinition.files(notes, 0.1, 0.1));
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
                Map.of("short", CorpusDefinition.files("short.jsonl", 0, 0))));
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
  void findsHeldOutTextInTrainingText() throws IOException {
    String notes = writeNotes("leaky.jsonl", 400, 77);
    Map<String, CorpusDefinition> corpora =
        Map.of(
            "strict", CorpusDefinition.files(notes, 0, 0.2),
            "lax", CorpusDefinition.files(notes, 0, 0.02));
    InspectionRequest request =
        new InspectionRequest(
            new TokenizerDefinition(300, List.of("lax"), null),
            corpora,
            null,
            List.of(
                new OverlapRequest("strict", "lax", null),
                new OverlapRequest("strict", "strict", null)),
            List.of());

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

  @Test
  void addsUpWhatSeveralCorporaHold() throws IOException {
    String notes = writeNotes("whole.jsonl", 400, 78);
    List<String> lines = Files.readAllLines(folder.resolve(notes));
    Files.write(folder.resolve("early.jsonl"), lines.subList(0, 200));
    Files.write(folder.resolve("late.jsonl"), lines.subList(100, 400));
    Map<String, CorpusDefinition> corpora =
        Map.of(
            "strict", CorpusDefinition.files(notes, 0, 0.2),
            "lax", CorpusDefinition.files(notes, 0, 0.05),
            "early", CorpusDefinition.files("early.jsonl", 0, 0.05),
            "late", CorpusDefinition.files("late.jsonl", 0, 0.05));
    List<OverlapRequest> pairs =
        List.of(
            new OverlapRequest("strict", "early", null),
            new OverlapRequest("strict", "late", null),
            new OverlapRequest("strict", "lax", null));
    TokenizerDefinition tokenizer = new TokenizerDefinition(300, List.of("lax"), null);
    List<UnionOverlapRequest> unions =
        List.of(new UnionOverlapRequest("strict", List.of("early", "late")));

    Inspection alone = inspect(new InspectionRequest(tokenizer, corpora, null, pairs, List.of()));
    InspectionRequest request = new InspectionRequest(tokenizer, corpora, null, pairs, unions);
    Inspection found = inspect(request);

    assertThat(found.problems()).isEmpty();
    assertThat(found.overlaps()).isEqualTo(alone.overlaps());
    long early = found.overlaps().get(0).duplicates();
    long late = found.overlaps().get(1).duplicates();
    UnionOverlap together = found.unions().getFirst();
    assertThat(together.trained()).containsExactly("early", "late");
    assertThat(together.documents()).isEqualTo(found.corpora().get("strict").test().documents());
    // A hundred notes are in both; the two hold what the whole holds.
    assertThat(together.duplicates()).isEqualTo(found.overlaps().get(2).duplicates());
    assertThat(together.duplicates()).isBetween(Math.max(early, late) + 1, early + late - 1);
    assertThat(inspect(request)).isEqualTo(found);
  }

  @Test
  void saysHowManyTokensHaveALoss() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(
          Json.write(Map.of("prompt", "What is half of " + 2 * i + "?", "completion", "" + i)));
    }
    Files.write(folder.resolve("halves.jsonl"), lines);
    CorpusDefinition all = CorpusDefinition.files("halves.jsonl", 0.1, 0.1);

    Inspection found =
        inspect(
            new InspectionRequest(
                new TokenizerDefinition(300, List.of("all"), null),
                Map.of("all", all, "completions", all.withLoss(LossScope.COMPLETION))));

    InspectedCorpus whole = found.corpora().get("all");
    InspectedCorpus masked = found.corpora().get("completions");
    assertThat(whole.train().scored()).isNull();
    for (SplitSize split : List.of(masked.train(), masked.dev(), masked.test())) {
      // One to three digits and the end of text.
      assertThat(split.scored()).isBetween(2 * split.documents(), 5 * split.documents());
      assertThat(split.scored()).isLessThan(split.tokens() / 2);
    }
    assertThat(masked.test().documents()).isEqualTo(whole.test().documents());
  }

  private long textBytes(String name) throws IOException {
    long bytes = 0;
    for (String line : Files.readAllLines(folder.resolve(name))) {
      bytes += Json.read(line, Map.class).get("text").toString().length();
    }
    return bytes;
  }
}
