package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.data.preparation.PreparationRow;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.shard.TokenShard;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From requested stages to prepared ones, over the real topics. */
@QuarkusTest
class PreparationIT extends DataServiceFixture {

  /** Data-service hands it on untouched. */
  private static final Probe PROBE = new Probe.Interpolated(0.5);

  /** Likewise. */
  private static final TaskEvaluation TASK =
      new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);

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
    assertThat(prepared.tasks()).containsExactly(TASK);
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

  private static StageRequested request(StageSpec spec, int attempt, HeldOutSet... evaluations) {
    return new StageRequested(
        spec.id(), spec, List.of(evaluations), List.of(PROBE), List.of(TASK), 0, attempt);
  }

  private static String hash() {
    return Json.sha256(UUID.randomUUID().toString());
  }
}
