package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.testing.OtherServices;
import io.holdfast.lm.durable.DurableDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real data-services as processes: what happens to their work when they die. */
class DataServiceFaultIT {

  @TempDir static Path directory;

  private static DataServices services;

  private final Path artifacts = directory.resolve("artifacts");

  @BeforeAll
  static void startInfrastructure() {
    services = DataServices.in(directory);
  }

  @AfterAll
  static void stopInfrastructure() {
    services.close();
  }

  @AfterEach
  void stopServices() throws InterruptedException {
    services.killAll();
  }

  @Test
  void aServiceKilledWhileItTokenizesLeavesNothingHalfDoneAndAnotherAnswers() throws IOException {
    int port = start("first");
    Inspection study = inspect(port);
    assertThat(study.corpora().get("glosses").train().tokens())
        .as("above the limit for tokenizing while somebody waits")
        .isNull();
    StageSpec spec = Stages.spec(study.tokenizer(), study.corpora().get("glosses").id(), null);
    try (OtherServices topics = services.topics()) {
      topics.send(new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 0, 1));
      awaitSpool();
      services.kill("first");
      assertThat(shards(study)).doesNotExist();
      assertThat(topics.seen(StagePrepared.class, spec.id())).isEmpty();

      int second = start("second");
      StagePrepared prepared = topics.await(StagePrepared.class, spec.id(), 1).getFirst();
      assertThat(prepared.plan().streams().getFirst().documents())
          .isEqualTo(study.corpora().get("glosses").train().documents());
      DurableDirectory.open(shards(study)).verify();
      assertThat(names(artifacts.resolve("shards")))
          .containsExactly(shards(study).getFileName().toString());

      FileTime written = Files.getLastModifiedTime(shards(study).resolve("COMPLETE"));
      assertThat(inspect(second)).isEqualTo(study);
      topics.send(new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 0, 1));
      StagePrepared again = topics.await(StagePrepared.class, spec.id(), 2).getLast();
      assertThat(again.plan()).isEqualTo(prepared.plan());
      assertThat(Files.getLastModifiedTime(shards(study).resolve("COMPLETE"))).isEqualTo(written);
    }
  }

  /** Waits until encoded documents are on the disk. */
  private void awaitSpool() {
    Awaitility.await("a tokenization under way")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              try (Stream<Path> files = Files.walk(artifacts.resolve("shards"))) {
                return files.anyMatch(
                    file -> file.toString().endsWith(".spool") && file.toFile().length() > 0);
              } catch (NoSuchFileException | UncheckedIOException notYet) {
                return false;
              }
            });
  }

  private Path shards(Inspection study) {
    return artifacts.resolve(
        "shards/%s-%s"
            .formatted(
                study.corpora().get("glosses").id().substring(0, 16),
                study.tokenizer().substring(0, 16)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Inspection inspect(int port) {
    return DataServices.inspect(
        port,
        new InspectionRequest(
            new TokenizerDefinition(512, List.of("glosses"), null),
            Map.of("glosses", CorpusDefinition.embedded("wordnet", 0.02, 0.02))));
  }

  private int start(String name) {
    int port =
        services.begin(
            name,
            Map.of("holdfast.artifacts.root", artifacts.toString(), "holdfast.data.bucket", "1M"));
    services.awaitReady(port);
    return port;
  }
}
