package io.holdfast.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a store, a connection or a process that fails in the middle leaves behind. */
class S3FaultIT {

  private static final int BYTES = 16 * Pod.MEBI;
  private static final Map<String, Integer> FILES = Map.of("train.bin", BYTES, "train.idx", 100);

  @TempDir static Path folder;
  private static S3Server server;

  private String shard;
  private Link link;
  private Pod here;
  private Path elsewhere;

  @BeforeAll
  static void serve() throws Exception {
    server = S3Server.start(Files.createDirectories(folder.resolve("bucket")));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void connect(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    shard = "shards/" + name;
    elsewhere = folder.resolve(name + "-there");
    link = new Link(server.port());
    here = new Pod(folder.resolve(name + "-here"), link.address());
    here.write(shard, FILES, 1);
  }

  @AfterEach
  void disconnect() throws Exception {
    here.close();
    link.close();
  }

  @Test
  void anUploadThatIsCutIsInvisibleAndIsDoneAgain() throws Exception {
    link.breakAfterUp(8 * Pod.MEBI);
    assertThatThrownBy(() -> here.artifacts.publish(shard)).isInstanceOf(StoreAwayException.class);
    link.mend();
    try (Pod there = new Pod(elsewhere, link.address())) {
      assertThat(there.artifacts.has(shard)).isFalse();
      here.artifacts.publish(shard);
      there.artifacts.hold(List.of(shard)).close();
      there.hasTheSameAs(here, shard);
    }
    try (S3Client client = client()) {
      assertThat(client.listMultipartUploads(list -> list.bucket(S3Server.BUCKET)).uploads())
          .as("parts of the upload that was cut")
          .isEmpty();
    }
  }

  @Test
  void aDownloadGoesOnWhereItWasCut() throws Exception {
    here.artifacts.publish(shard);
    link.mend();
    link.breakAfterDown(10 * Pod.MEBI);
    try (Pod there = new Pod(elsewhere, link.address())) {
      assertThatThrownBy(() -> there.artifacts.hold(List.of(shard)))
          .isInstanceOf(StoreAwayException.class);
      assertThat(there.isHere(shard)).isFalse();
    }
    link.mend();
    try (Pod restarted = new Pod(elsewhere, link.address())) {
      restarted.artifacts.hold(List.of(shard)).close();
      restarted.hasTheSameAs(here, shard);
      assertThat(link.down())
          .as("what is missing, and of each of four ranges at most a MiB that is here")
          .isBetween(5L * Pod.MEBI, 11L * Pod.MEBI);
    }
  }

  @Test
  void anOutageIsWaitedFor() throws Exception {
    here.artifacts.publish(shard);
    try (Pod patient = new Pod(elsewhere, link.address(), 1L << 40, 12)) {
      link.mend();
      link.breakAfterDown(5 * Pod.MEBI);
      CompletableFuture<Hold> coming =
          CompletableFuture.supplyAsync(() -> patient.artifacts.hold(List.of(shard)));
      while (!link.isCut()) {
        Thread.onSpinWait();
      }
      link.mend();
      coming.join().close();
      patient.hasTheSameAs(here, shard);
    }
  }

  @Test
  void aByteThatIsNoLongerWhatWasPublishedIsFound() throws Exception {
    here.artifacts.publish(shard);
    byte[] bytes = Files.readAllBytes(here.path(shard + "/train.bin"));
    bytes[BYTES / 2] ^= 1;
    try (S3Client client = client()) {
      client.putObject(
          put -> put.bucket(S3Server.BUCKET).key("team/" + shard + "/train.bin"),
          RequestBody.fromBytes(bytes));
    }
    try (Pod there = new Pod(elsewhere, link.address())) {
      assertThatThrownBy(() -> there.artifacts.hold(List.of(shard)))
          .isInstanceOf(UnusableArtifactException.class)
          .hasMessageContaining("train.bin")
          .hasMessageContaining("SHA-256");
      assertThat(there.path(shard + "/train.bin")).doesNotExist();
      assertThat(there.isHere(shard)).isFalse();

      // Who has it whole removes and publishes it again.
      there.artifacts.remove(shard);
      here.artifacts.publish(shard);
      there.artifacts.hold(List.of(shard)).close();
      there.hasTheSameAs(here, shard);
    }
  }

  @Test
  void aRemovalThatIsCutIsInvisibleAndIsDoneAgain() throws Exception {
    String stage = "checkpoints/5c";
    Map<String, Integer> many =
        IntStream.range(0, 12)
            .boxed()
            .collect(Collectors.toMap(i -> "layer-%02d".formatted(i), i -> 10));
    for (String name : List.of("step-000000001", "final")) {
      here.write(stage + "/" + name, many, 5);
      here.artifacts.publish(stage + "/" + name);
    }
    here.artifacts.publish(shard);
    here.write("checkpoints/5cd/final", many, 6);
    here.artifacts.publish("checkpoints/5cd/final");
    try (S3Client client = client()) {
      Set<String> before = keys(client);
      Set<String> stays = without(before, "team/checkpoints/5c/");
      begin(client, "team/checkpoints/5c/mark-7/model.safetensors");
      begin(client, "team/checkpoints/5cd/mark-7/model.safetensors");
      link.mend();
      link.breakAfterUp(10_000);

      assertThatThrownBy(() -> here.artifacts.remove(stage)).isInstanceOf(StoreAwayException.class);
      link.mend();
      try (Pod other = new Pod(elsewhere, link.address())) {
        assertThat(keys(client)).hasSizeBetween(stays.size() + 1, before.size() - 3);
        assertThat(other.artifacts.has(stage + "/final")).isFalse();
        assertThat(other.artifacts.has(stage + "/step-000000001")).isFalse();

        other.artifacts.remove(stage);
        assertThat(keys(client)).as("nothing else goes").isEqualTo(stays);
        assertThat(uploads(client))
            .containsExactly("team/checkpoints/5cd/mark-7/model.safetensors");
        other.artifacts.remove(stage);
        assertThat(keys(client)).isEqualTo(stays);
        other.artifacts.remove("checkpoints/5cd");
        assertThat(uploads(client)).isEmpty();
      }
    }
  }

  private static void begin(S3Client client, String key) {
    client.createMultipartUpload(create -> create.bucket(S3Server.BUCKET).key(key));
  }

  private static List<String> uploads(S3Client client) {
    return client.listMultipartUploads(list -> list.bucket(S3Server.BUCKET)).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  private static Set<String> keys(S3Client client) {
    return client
        .listObjectsV2Paginator(list -> list.bucket(S3Server.BUCKET).prefix("team/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .collect(Collectors.toSet());
  }

  private static Set<String> without(Set<String> keys, String prefix) {
    return keys.stream().filter(key -> !key.startsWith(prefix)).collect(Collectors.toSet());
  }

  private static S3Client client() {
    return Connection.to(Pod.settings(server.address(), 0, 2));
  }
}
