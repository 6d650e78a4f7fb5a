package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.kit.testing.OtherServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Real data-services that tokenize one corpus together. */
class SharedTokenizationIT {

  @TempDir static Path directory;

  private static DataServices services;

  private static Path artifacts;
  private static Path root;
  private static int first;

  /** A folder for each test, whose documents no other has. */
  private Path corpora;

  @BeforeAll
  static void startTwo() throws IOException {
    services = DataServices.in(directory);
    artifacts = directory.resolve("artifacts");
    root = Files.createDirectories(directory.resolve("corpora"));
    first = start("first");
    int second = start("second");
    services.awaitReady(first);
    services.awaitReady(second);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.killAll();
    services.close();
  }

  private static int start(String name) {
    return services.begin(
        name,
        Map.of(
            "holdfast.artifacts.root", artifacts.toString(),
            "holdfast.corpora.roots", root.toString(),
            "holdfast.data.share-from", "1M",
            "holdfast.data.part", "128K",
            "holdfast.data.bucket", "1M"));
  }

  @BeforeEach
  void writeACorpus(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    corpora = Files.createDirectories(root.resolve(name));
    LongNotes.write(corpora, name.hashCode());
  }

  private CorpusDefinition notes() {
    return CorpusDefinition.files(corpora.getFileName() + "/*.jsonl", 0.05, 0.1);
  }

  private Inspection inspect() {
    return DataServices.inspect(
        first,
        new InspectionRequest(
            new TokenizerDefinition(400, List.of("notes"), null), Map.of("notes", notes())));
  }

  private static StageSpec stage(Inspection study) {
    return Stages.spec(study.tokenizer(), study.corpora().get("notes").id(), null);
  }

  private static StageRequested request(StageSpec spec) {
    return new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 3, 1);
  }

  @Test
  void oneThatIsKilledLosesItsPieceAndTheShardIsThatOfOneAlone() throws Exception {
    Inspection study = inspect();
    StageSpec spec = stage(study);
    try (OtherServices topics = services.topics()) {
      topics.send(request(spec));
      await("both have encoded a part")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> madeAPart("first") && madeAPart("second"));
      assertThat(services.count("select count(*) from tokenization where state = 'ENCODING'"))
          .isEqualTo(1);
      services.kill("second");
      StagePrepared prepared = topics.await(StagePrepared.class, spec.id(), 1).getFirst();

      TokenizedAlone.assertSame(
          root, notes(), study, artifacts.resolve("tokenizers"), artifacts.resolve("shards"));
      assertThat(prepared.plan().streams().getFirst().documents())
          .isEqualTo(study.corpora().get("notes").train().documents());
    }
    awaitNothingLeft();
  }

  @Test
  void whatNobodyWaitsForIsStoppedAndRemoved() throws Exception {
    Inspection study = inspect();
    StageSpec spec = stage(study);
    try (OtherServices topics = services.topics()) {
      topics.send(request(spec));
      awaitParts(2);
      topics.send(new StageCancelled(spec.id(), 1));
      awaitNothingLeft();
      assertThat(
              artifacts.resolve(
                  new CorpusShards(study.corpora().get("notes").id(), study.tokenizer())
                      .directory()))
          .doesNotExist();
      assertThat(topics.seen(StagePrepared.class, spec.id())).isEmpty();
    }
  }

  @Test
  void aCorpusThatCannotBeReadAnyMoreIsRefusedAsEver() throws Exception {
    Inspection study = inspect();
    StageSpec spec = stage(study);
    Path file = corpora.resolve("2.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(776, "{\"text\": 7}");
    Files.write(file, lines);
    try (OtherServices topics = services.topics()) {
      topics.send(request(spec));
      StageFailed failed = topics.await(StageFailed.class, spec.id(), 1).getFirst();
      assertThat(failed.code()).isEqualTo(FailureCode.DATA_UNUSABLE);
      assertThat(failed.message()).contains("2.jsonl:777");
      awaitNothingLeft();

      lines.set(776, "{\"text\": \"another one\"}");
      Files.write(file, lines);
      topics.send(new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 3, 2));
      assertThat(topics.await(StageFailed.class, spec.id(), 2).getLast().message())
          .contains("no longer those that were registered");
    }
    awaitNothingLeft();
  }

  private void awaitParts(int parts) {
    await("%d parts that are encoded".formatted(parts))
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> pieces().filter(piece -> piece.contains("-part-")).count() >= parts);
  }

  /** Names of published pieces. */
  private Stream<String> pieces() throws IOException {
    Path folder = artifacts.resolve("pieces");
    if (!Files.exists(folder)) {
      return Stream.of();
    }
    try (Stream<Path> pieces = Files.list(folder)) {
      return pieces.map(piece -> piece.getFileName().toString()).toList().stream();
    }
  }

  private void awaitNothingLeft() {
    await("neither pieces nor work are left")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(services.count("select count(*) from kit_work")).isZero();
              assertThat(services.count("select count(*) from tokenization")).isZero();
              assertThat(pieces()).isEmpty();
            });
  }

  private boolean madeAPart(String service) throws IOException {
    return Files.readString(services.log(service))
        .matches("(?s).* part-\\d+ of " + corpora.getFileName() + ".*");
  }
}
