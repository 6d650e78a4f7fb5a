package io.holdfast.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with nothing in common but a bucket of a real S3 server. */
class S3ArtifactsIT {

  private static final Map<String, Integer> SHARD =
      Map.of("train.bin", 12 * Pod.MEBI + 7, "train.idx", 999, "test.bin", 5000, "test.idx", 34);

  @TempDir static Path folder;
  private static S3Server server;

  private Link link;
  private Pod here;
  private Pod there;

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
    link = new Link(server.port());
    here = new Pod(folder.resolve(name + "-here"), link.address());
    there = new Pod(folder.resolve(name + "-there"), link.address());
  }

  @AfterEach
  void disconnect() throws Exception {
    here.close();
    there.close();
    link.close();
  }

  @Test
  void whatOnePublishesTheOtherHasBitByBit() throws Exception {
    String checkpoint = "checkpoints/0a/final";
    here.write(
        checkpoint,
        Map.of("model.safetensors", 11 * Pod.MEBI, "adapter/config.json", 12, "empty", 0),
        1);
    assertThat(there.artifacts.has(checkpoint)).isFalse();
    here.artifacts.publish(checkpoint);
    assertThat(there.artifacts.listing(checkpoint))
        .contains(DurableDirectory.open(here.path(checkpoint)).files());

    try (Hold hold = there.artifacts.hold(List.of(checkpoint))) {
      there.hasTheSameAs(here, checkpoint);
    }
    link.mend();
    here.artifacts.publish(checkpoint);
    there.artifacts.hold(List.of(checkpoint)).close();
    assertThat(link.up() + link.down()).as("nothing is moved twice").isLessThan(20_000);
  }

  @Test
  void aDirectoryOfOthersFilesIsMadeWithoutMovingThem() throws Exception {
    here.write("pieces/1", Map.of("train.1.bin", 11 * Pod.MEBI, "train.1.idx", 0), 3);
    there.write("pieces/2", Map.of("train.2.bin", 12 * Pod.MEBI, "train.2.idx", 34), 4);
    here.artifacts.publish("pieces/1");
    assertThatThrownBy(() -> here.artifacts.unite("shards/1-2", List.of("pieces/1", "pieces/2")))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("pieces/2");
    there.artifacts.publish("pieces/2");
    link.mend();

    here.artifacts.unite("shards/1-2", List.of("pieces/1", "pieces/2"));
    there.artifacts.unite("shards/1-2", List.of("pieces/1", "pieces/2"));

    assertThat(link.up() + link.down()).as("the store copies by itself").isLessThan(40_000);
    here.artifacts.remove("pieces/1");
    here.artifacts.remove("pieces/2");
    there.artifacts.hold(List.of("shards/1-2")).close();
    assertThat(DurableDirectory.open(there.path("shards/1-2")).verify().files()).hasSize(4);
    assertThat(here.artifacts.listing("shards/1-2"))
        .contains(DurableDirectory.open(there.path("shards/1-2")).files());
  }

  @Test
  void onlyThePartIsBroughtThatIsMeant() throws Exception {
    String shard = "shards/01-02";
    here.write(shard, SHARD, 2);
    here.artifacts.publish(shard);
    link.mend();
    try (Hold part = there.artifacts.hold(List.of(shard + "/test"))) {
      assertThat(there.path(shard)).isDirectoryNotContaining("glob:**train*");
      assertThat(there.path(shard + "/test.bin")).hasSize(5000);
      assertThat(there.isHere(shard)).isFalse();
      assertThat(link.down()).isLessThan(20_000);
    }
    try (Hold all = there.artifacts.hold(List.of(shard + "/train", shard))) {
      there.hasTheSameAs(here, shard);
    }
  }

  @Test
  void whatIsRemovedIsGone() {
    here.write("checkpoints/0b/step-000000001", Map.of("a", 1), 3);
    here.write("checkpoints/0b/step-000000002", Map.of("a", 1), 4);
    here.artifacts.publish("checkpoints/0b/step-000000001");
    here.artifacts.publish("checkpoints/0b/step-000000002");
    there.artifacts.remove("checkpoints/0b/step-000000001");
    assertThat(here.artifacts.children("checkpoints/0b")).containsExactly("step-000000002");
    assertThat(here.artifacts.children("checkpoints/none")).isEmpty();
    assertThatThrownBy(() -> there.artifacts.hold(List.of("checkpoints/0b/step-000000001")))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("no such directory")
        .hasMessageNotContaining(S3Server.SECRET_KEY);
  }

  @Test
  void aCheckpointThatWasRemovedAndMadeAgainIsBroughtAgain() throws Exception {
    String checkpoint = "checkpoints/0e/final";
    here.write(checkpoint, Map.of("model.safetensors", 5000), 5);
    here.artifacts.publish(checkpoint);
    there.artifacts.hold(List.of(checkpoint)).close();
    here.artifacts.remove("checkpoints/0e");
    assertThat(there.artifacts.has(checkpoint)).as("what is cached is not published").isFalse();
    there.artifacts.hold(List.of(checkpoint)).close();
    assertThat(there.artifacts.has(checkpoint)).as("reading publishes nothing").isFalse();

    here.write(checkpoint, Map.of("model.safetensors", 5000), 6);
    here.artifacts.publish(checkpoint);
    there.artifacts.hold(List.of(checkpoint)).close();
    there.hasTheSameAs(here, checkpoint);
  }

  @Test
  void theCacheKeepsItsBoundAndWhatIsInUse() {
    List<String> shards = List.of("shards/0-0", "shards/1-1", "shards/2-2", "shards/3-3");
    for (String shard : shards) {
      here.write(shard, Map.of("train.bin", Pod.MEBI), shard.hashCode());
      here.artifacts.publish(shard);
    }
    try (Pod small = new Pod(folder.resolve("small"), link.address(), 2 * Pod.MEBI + 100_000, 2)) {
      small.write("shards/9-9", Map.of("train.bin", 1000), 9);
      Hold first = small.artifacts.hold(List.of(shards.get(0)));
      small.artifacts.hold(List.of(shards.get(1))).close();
      small.artifacts.hold(List.of(shards.get(2))).close();
      assertThat(shards).filteredOn(small::isHere).containsExactly("shards/0-0", "shards/2-2");
      first.close();
      small.artifacts.hold(List.of(shards.get(0))).close();
      small.artifacts.hold(List.of(shards.get(3))).close();
      assertThat(shards)
          .as("2-2 was used least recently")
          .filteredOn(small::isHere)
          .containsExactly("shards/0-0", "shards/3-3");
      assertThat(small.isHere("shards/9-9")).as("what is nowhere else stays").isTrue();
      here.artifacts.remove(shards.get(0));
      small.artifacts.hold(List.of(shards.get(1))).close();
      assertThat(small.isHere(shards.get(0)))
          .as("came from the bucket, though gone there")
          .isFalse();
      here.write(shards.get(0), Map.of("train.bin", Pod.MEBI), shards.get(0).hashCode());
      here.artifacts.publish(shards.get(0));
      small.artifacts.publish("shards/9-9");
      here.artifacts.remove("shards/9-9");
      try (Hold more = small.artifacts.hold(shards)) {
        assertThat(small.isHere("shards/9-9"))
            .as("has been in the bucket, though gone there")
            .isFalse();
        assertThat(shards)
            .as("what is needed now is here, whatever the bound")
            .allMatch(small::isHere);
      }
    }
  }

  @Test
  void aFolderIsTheCacheOfOneProcess() {
    assertThatThrownBy(() -> new Pod(here.folder.root(), link.address()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holdfast.artifacts.root");
  }
}
