package io.holdfast.lm.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.DurableDirectory.Publication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableDirectoryTest {

  @TempDir Path parent;

  @Test
  void appearsWholeWithChecksums() throws IOException {
    Path target = parent.resolve("a/b");
    assertThat(DurableDirectory.publish(target, this::twoFiles)).isEqualTo(Publication.CREATED);

    DurableDirectory published = DurableDirectory.open(target).verify();
    assertThat(published.files().keySet()).containsExactly("one.txt", "sub/two.txt");
    // SHA-256 of "one", from coreutils.
    assertThat(published.digest("one.txt"))
        .isEqualTo(
            new FileDigest(3, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"));
    assertThat(namesIn(parent.resolve("a"))).containsExactly("b");
  }

  @Test
  void hasTheFilesOfOthersWithoutReadingThem() throws IOException {
    DurableDirectory.publish(parent.resolve("a"), this::twoFiles);
    DurableDirectory.publish(
        parent.resolve("b"), staging -> Files.writeString(staging.resolve("third"), "3"));
    List<DurableDirectory> parts =
        Stream.of("a", "b").map(name -> DurableDirectory.open(parent.resolve(name))).toList();
    // Reading it would find another checksum.
    Files.writeString(parent.resolve("b/third"), "4");

    Path whole = parent.resolve("whole");
    assertThat(DurableDirectory.unite(whole, parts)).isEqualTo(Publication.CREATED);
    assertThat(DurableDirectory.open(whole).digest("third"))
        .isEqualTo(parts.getLast().digest("third"));
    assertThatThrownBy(() -> DurableDirectory.open(whole).verify())
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("third");

    Files.writeString(parent.resolve("b/third"), "3");
    assertThat(DurableDirectory.unite(whole, parts)).isEqualTo(Publication.ALREADY_COMPLETE);
    parts.forEach(part -> DurableDirectory.delete(part.path()));
    assertThat(DurableDirectory.open(whole).verify().files()).hasSize(3);
  }

  @Test
  void aSecondPublicationKeepsTheFirst() throws IOException {
    Path target = parent.resolve("once");
    DurableDirectory.publish(target, this::twoFiles);
    List<Path> asked = new ArrayList<>();

    assertThat(DurableDirectory.publish(target, asked::add))
        .isEqualTo(Publication.ALREADY_COMPLETE);
    assertThat(asked).isEmpty();
    assertThat(target.resolve("one.txt")).hasContent("one");
  }

  @Test
  void failingContentLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                DurableDirectory.publish(
                    parent.resolve("broken"),
                    directory -> {
                      Files.writeString(directory.resolve("half"), "ha");
                      throw new IOException("disk on fire");
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("broken")
        .hasMessageContaining("disk on fire");
    assertThat(namesIn(parent)).isEmpty();
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    Path target = parent.resolve("bits");
    DurableDirectory.publish(target, this::twoFiles);
    for (String name : List.of("one.txt", "sub/two.txt")) {
      byte[] original = Files.readAllBytes(target.resolve(name));
      for (int at = 0; at < original.length; at++) {
        byte[] changed = original.clone();
        changed[at] ^= 1;
        Files.write(target.resolve(name), changed);
        assertThatThrownBy(() -> DurableDirectory.open(target).verify())
            .isInstanceOf(UnusableArtifactException.class)
            .hasMessageContaining(name);
      }
      Files.write(target.resolve(name), original);
    }
    DurableDirectory.open(target).verify();
  }

  @Test
  void anIncompleteDirectoryIsNotOpenedAndIsReplaced() throws IOException {
    Path target = parent.resolve("torn");
    for (String lost : List.of("COMPLETE", "one.txt", "sub/two.txt")) {
      DurableDirectory.publish(target, this::twoFiles);
      Files.delete(target.resolve(lost));
      assertThatThrownBy(() -> DurableDirectory.open(target))
          .isInstanceOf(UnusableArtifactException.class)
          .hasMessageContaining("torn");
      assertThat(DurableDirectory.find(target)).isEmpty();
      assertThat(DurableDirectory.publish(target, this::twoFiles)).isEqualTo(Publication.CREATED);
      DurableDirectory.open(target).verify();
    }
    assertThat(namesIn(parent)).containsExactly("torn");
  }

  @Test
  void aDirectoryWithChangedBytesIsReplacedByItsNextPublication() throws IOException {
    Path target = parent.resolve("rotten");
    DurableDirectory.publish(target, this::twoFiles);
    Files.writeString(target.resolve("one.txt"), "0ne");

    assertThat(DurableDirectory.publish(target, this::twoFiles)).isEqualTo(Publication.CREATED);
    assertThat(target.resolve("one.txt")).hasContent("one");
  }

  @Test
  void aMarkerThatPointsOutsideIsRefused() throws IOException {
    Path target = Files.createDirectory(parent.resolve("outside"));
    Files.writeString(parent.resolve("secret"), "s");
    String sha256 = FileDigest.of(parent.resolve("secret")).sha256();
    for (String name : List.of("../secret", parent.resolve("secret").toString())) {
      Files.writeString(
          target.resolve("COMPLETE"),
          "{\"files\":{\"%s\":{\"bytes\":1,\"sha256\":\"%s\"}}}".formatted(name, sha256));
      assertThatThrownBy(() -> DurableDirectory.open(target))
          .isInstanceOf(UnusableArtifactException.class)
          .hasMessageContaining("outside its directory");
    }
    for (String garbage :
        List.of("", "null", "[]", "{}", "{\"files\":{\"a\":null}}", "{\"files\":")) {
      Files.writeString(target.resolve("COMPLETE"), garbage);
      assertThatThrownBy(() -> DurableDirectory.open(target))
          .as(garbage)
          .isInstanceOf(UnusableArtifactException.class);
    }
  }

  /** Many rounds: a writer between its look and its rename is caught in one of some ten. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void racingWritersLeaveOneWholeDirectory(boolean overADamagedOne) throws Exception {
    int writers = 8;
    for (int round = 0; round < 50; round++) {
      Path target = parent.resolve("raced-" + round);
      if (overADamagedOne) {
        DurableDirectory.publish(target, this::twoFiles);
        Files.writeString(target.resolve("one.txt"), "0ne");
      }
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Publication>> results = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
        for (int w = 0; w < writers; w++) {
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    Publication publication = DurableDirectory.publish(target, this::twoFiles);
                    // What a writer has published stays, whoever else is still writing.
                    DurableDirectory.open(target).verify();
                    return publication;
                  }));
        }
        start.countDown();
      }
      List<Publication> outcomes = new ArrayList<>();
      for (Future<Publication> result : results) {
        outcomes.add(result.get());
      }
      assertThat(outcomes).as("round %d", round).filteredOn(Publication.CREATED::equals).hasSize(1);
      DurableDirectory.open(target).verify();
      DurableDirectory.delete(target);
      assertThat(namesIn(parent)).isEmpty();
    }
  }

  @Test
  void sweepsWhatACrashLeftButNotALiveWriter() throws IOException {
    Files.createFile(parent.resolve(".dead.1.lock"));
    Files.createDirectory(parent.resolve(".dead.1.tmp"));
    Files.writeString(parent.resolve(".dead.1.tmp/half"), "ha");

    DurableDirectory.publish(
        parent.resolve("alive"),
        directory -> {
          DurableDirectory.sweep(parent);
          twoFiles(directory);
        });

    DurableDirectory.open(parent.resolve("alive")).verify();
    assertThat(namesIn(parent)).containsExactly("alive");
  }

  @Test
  void aDeletedDirectoryIsGone() throws IOException {
    Path target = parent.resolve("old");
    DurableDirectory.publish(target, this::twoFiles);
    DurableDirectory.delete(target);
    assertThat(namesIn(parent)).isEmpty();
  }

  @Test
  void aChannelThatStopsShortIsAFailure() {
    WritableByteChannel stuck =
        new WritableByteChannel() {
          private int room = 5;

          @Override
          public int write(ByteBuffer source) {
            int taken = Math.min(room, source.remaining());
            source.position(source.position() + taken);
            room -= taken;
            return taken;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> Storage.writeFully(stuck, ByteBuffer.allocate(8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3 bytes");
  }

  @Test
  void deletesLinksWithoutFollowingThem() throws IOException {
    Path kept = Files.writeString(parent.resolve("kept"), "k");
    Path directory = Files.createDirectory(parent.resolve("links"));
    Files.createSymbolicLink(directory.resolve("link"), parent);

    Storage.deleteRecursively(directory);

    assertThat(directory).doesNotExist();
    assertThat(kept).exists();
  }

  private void twoFiles(Path directory) throws IOException {
    Files.writeString(directory.resolve("one.txt"), "one");
    Files.createDirectory(directory.resolve("sub"));
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("sub/two.txt"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      Storage.writeFully(channel, ByteBuffer.wrap("two".getBytes()));
    }
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
