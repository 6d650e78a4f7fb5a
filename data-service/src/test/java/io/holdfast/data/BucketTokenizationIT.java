package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.artifact.s3.S3Server;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.testing.OtherServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data-services that tokenize one corpus together and share nothing but a bucket. */
class BucketTokenizationIT {

  @TempDir Path directory;

  @Test
  void podsWithDisksOfTheirOwnMakeTheShardOfOneAlone() throws Exception {
    Path root = Files.createDirectories(directory.resolve("corpora"));
    LongNotes.write(root, 5);
    Path objects = Files.createDirectories(directory.resolve("objects"));
    try (S3Server bucket = S3Server.start(objects);
        DataServices services = DataServices.in(directory)) {
      try {
        tokenize(services, bucket, root, objects.resolve(S3Server.BUCKET));
      } finally {
        services.killAll();
      }
    }
  }

  private void tokenize(DataServices services, S3Server bucket, Path root, Path objects)
      throws Exception {
    int first = services.begin("first", settings(bucket, root, "first"));
    int second = services.begin("second", settings(bucket, root, "second"));
    services.awaitReady(first);
    services.awaitReady(second);
    CorpusDefinition notes = CorpusDefinition.files("*.jsonl", 0.05, 0.1);
    Inspection study =
        DataServices.inspect(
            first,
            new InspectionRequest(
                new TokenizerDefinition(400, List.of("notes"), null), Map.of("notes", notes)));
    StageSpec spec = Stages.spec(study.tokenizer(), study.corpora().get("notes").id(), null);
    try (OtherServices topics = services.topics()) {
      topics.send(new StageRequested(spec.id(), spec, List.of(), List.of(), List.of(), 0, 1));
      topics.await(StagePrepared.class, spec.id(), 1);
    }
    for (String service : List.of("first", "second")) {
      assertThat(Files.readString(services.log(service))).contains(" part-").contains(" bucket-");
    }
    TokenizedAlone.assertSame(
        root, notes, study, objects.resolve("tokenizers"), objects.resolve("shards"));
    await("the bucket has no pieces any more")
        .atMost(Duration.ofMinutes(2))
        .until(() -> services.count("select count(*) from tokenization") == 0);
    assertThat(objects.resolve("pieces"))
        .satisfiesAnyOf(
            pieces -> assertThat(pieces).doesNotExist(),
            pieces -> assertThat(pieces).isDirectoryNotContaining("glob:**"));
  }

  private Map<String, String> settings(S3Server bucket, Path root, String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.artifacts.root", directory.resolve("pods").resolve(name).toString());
    settings.put("holdfast.artifacts.store", "s3");
    settings.put("holdfast.artifacts.s3.bucket", S3Server.BUCKET);
    settings.put("holdfast.artifacts.s3.endpoint", bucket.address().toString());
    settings.put("holdfast.artifacts.s3.path-style", "true");
    settings.put("holdfast.artifacts.s3.access-key", S3Server.ACCESS_KEY);
    settings.put("holdfast.artifacts.s3.secret-key", S3Server.SECRET_KEY);
    settings.put("holdfast.corpora.roots", root.toString());
    settings.put("holdfast.data.share-from", "1M");
    settings.put("holdfast.data.part", "256K");
    settings.put("holdfast.data.bucket", "1M");
    return settings;
  }
}
