package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.task.registry.FactsService;
import io.holdfast.task.registry.LocalTasks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Training documents of tasks: announced, brought once, kept, waited for. */
@QuarkusTest
@QuarkusTestResource(LocalTasks.class)
class TaskCorporaIT extends DataServiceFixture {

  private static final Duration LONG = Duration.ofHours(1);
  private static final int DOCUMENTS = 300;

  @Test
  void documentsAreBroughtOnceAndAreACorpusLikeAnyOther() throws IOException {
    TaskName name = task("once");
    Inspection first;
    try (FactsService service = new FactsService(name, DOCUMENTS, 1)) {
      topics.send(service.announcement(LONG));
      first = inspect(facts(name));
      Files.write(folder.resolve("facts-1.jsonl"), service.documents());
      assertThat(service.downloads()).isEqualTo(1);
    }
    assertThat(first.problems()).isEmpty();
    assertThat(first.corpora().get("facts").documents()).isEqualTo(DOCUMENTS);
    assertThat(first.corpora().get("facts").train().tokens()).isPositive();

    assertThat(inspect(facts(name))).as("without its service").isEqualTo(first);
    Inspection file = inspect(request(CorpusDefinition.files("facts-1.jsonl", 0.1, 0.1)));
    assertThat(file.corpora().get("facts").id())
        .as("a corpus is its content, whoever has it")
        .isEqualTo(first.corpora().get("facts").id());
  }

  @Test
  void equalDocumentsOfTwoVersionsAreOneCorpus() {
    TaskName old = new TaskName("versions", "1");
    TaskName young = new TaskName("versions", "2");
    try (FactsService one = new FactsService(old, DOCUMENTS, 2);
        FactsService two = new FactsService(young, DOCUMENTS, 2)) {
      topics.send(one.announcement(LONG));
      topics.send(two.announcement(LONG));

      assertThat(inspect(facts(young)).corpora()).isEqualTo(inspect(facts(old)).corpora());
      assertThat(one.downloads() + two.downloads()).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrongWithTasksIsSaidAtOnce() {
    TaskName known = task("problems");
    TaskName silent = task("silent");
    TaskName changed = task("changed");
    FactsService away = new FactsService(silent, DOCUMENTS, 3);
    away.close();
    try (FactsService service = new FactsService(known, DOCUMENTS, 3);
        FactsService first = new FactsService(changed, DOCUMENTS, 4);
        FactsService other = new FactsService(changed, DOCUMENTS, 5)) {
      topics.send(service.announcement(LONG));
      topics.send(away.announcement(LONG));
      // What is announced is the one description; what answers says the other.
      var announced = first.announcement(LONG);
      topics.send(
          new TaskAnnounced(
              announced.name(),
              announced.version(),
              other.url().toString(),
              announced.descriptionSha256(),
              announced.announcedAt(),
              announced.expiresAt()));
      Map<String, CorpusDefinition> corpora = new TreeMap<>();
      corpora.put("a", CorpusDefinition.ofTask(new TaskName("problem", "1"), "train", 0.1, 0.1));
      corpora.put("b", CorpusDefinition.ofTask(known, "trian", 0.1, 0.1));
      corpora.put("c", CorpusDefinition.ofTask(silent, "train", 0.1, 0.1));
      corpora.put("d", CorpusDefinition.ofTask(changed, "train", 0.1, 0.1));

      List<Problem> problems =
          inspect(new InspectionRequest(new TokenizerDefinition(300, List.of("a"), null), corpora))
              .problems();

      assertThat(problems)
          .extracting(Problem::path, Problem::code)
          .containsExactlyInAnyOrder(
              tuple("corpora.a.task", "unknown-task"),
              tuple("corpora.b.split", "unknown-split"),
              tuple("corpora.c.task", "task-away"),
              tuple("corpora.d.task", "task-version-changed"));
      assertThat(problems)
          .extracting(Problem::remedy)
          .anyMatch(remedy -> remedy.contains("Did you mean problems@1?"))
          .anyMatch(remedy -> remedy.contains("Did you mean train?"));
    }
  }

  /** The artifact store lost what it had, and the task is away: nothing fails, others go on. */
  @Test
  void aStageWaitsForItsTaskAndGoesOnWhenItIsBack() throws IOException {
    TaskName name = task("vanishing");
    try (FactsService service = new FactsService(name, DOCUMENTS, 6)) {
      topics.send(service.announcement(Duration.ofSeconds(2)));
      Inspection found = inspect(facts(name));
      assertThat(found.problems()).isEmpty();
      String corpus = found.corpora().get("facts").id();
      service.stop();
      forget(service, corpus);
      StageRequested stage = requested(Stages.spec(found.tokenizer(), corpus, null));

      topics.send(stage);
      StageWaiting waiting = topics.await(StageWaiting.class, stage.stageId(), 1).getFirst();
      assertThat(waiting.work()).isEqualTo(WaitingWork.PREPARATION);
      assertThat(waiting.task()).isEqualTo(name);
      assertThat(waiting.attempt()).isEqualTo(1);
      assertThat(waiting.ended()).isFalse();

      Inspection notes = inspect(notesOnly(writeNotes("beside.jsonl", 300, 7)));
      StageRequested other =
          requested(Stages.spec(notes.tokenizer(), notes.corpora().get("notes").id(), null));
      topics.send(other);
      topics.await(StagePrepared.class, other.stageId(), 1);
      assertThat(topics.seen(StagePrepared.class, stage.stageId())).isEmpty();

      service.start();
      topics.send(service.announcement(LONG));
      topics.await(StagePrepared.class, stage.stageId(), 1);
      List<StageWaiting> heard = topics.await(StageWaiting.class, stage.stageId(), 2);
      assertThat(heard).hasSize(2);
      assertThat(heard.getLast()).isEqualTo(waiting.resumed(heard.getLast().resumedAt()));
      assertThat(heard.getLast().resumedAt()).isAfterOrEqualTo(waiting.since());
    }
  }

  private void forget(FactsService service, String corpus) throws IOException {
    DurableDirectory.delete(
        artifacts.resolve(
            "documents/" + service.description().trainingSplit("train").orElseThrow().sha256()));
    try (Stream<Path> shards = Files.list(artifacts.resolve("shards"))) {
      shards
          .filter(path -> path.getFileName().toString().startsWith(corpus.substring(0, 16)))
          .forEach(DurableDirectory::delete);
    }
  }

  private static StageRequested requested(StageSpec spec) {
    return new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 0, 1);
  }

  private static TaskName task(String name) {
    return new TaskName(name, "1");
  }

  private static InspectionRequest facts(TaskName name) {
    return request(CorpusDefinition.ofTask(name, "train", 0.1, 0.1));
  }

  private static InspectionRequest request(CorpusDefinition corpus) {
    return new InspectionRequest(
        new TokenizerDefinition(300, List.of("facts"), null), Map.of("facts", corpus));
  }
}
