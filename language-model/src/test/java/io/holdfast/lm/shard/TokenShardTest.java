package io.holdfast.lm.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenShardTest {

  /** Bytes that numpy wrote in the way of Megatron-LM's index writer. */
  private static final String UINT16_BIN = "0500daff00000700";

  private static final String UINT16_IDX =
      "4d4d4944494458000001000000000000000802000000000000000300000000000000030000000100000000000000"
          + "0000000006000000000000000000000000000000010000000000000002000000"
          + "00000000";

  private static final String INT32_BIN = "05000000701101000000000007000000";

  private static final String INT32_IDX =
      "4d4d4944494458000001000000000000000402000000000000000300000000000000030000000100000000000000"
          + "000000000c000000000000000000000000000000010000000000000002000000"
          + "00000000";

  @TempDir Path directory;

  @Test
  void writesTheBytesThatMegatronWrites() throws IOException {
    Path small = write("u16", 65_499, List.of(new long[] {5, 65_498, 0}, new long[] {7}));
    Path large = write("i32", 70_001, List.of(new long[] {5, 70_000, 0}, new long[] {7}));

    assertThat(hex(ShardFiles.data(small))).isEqualTo(UINT16_BIN);
    assertThat(hex(ShardFiles.index(small))).isEqualTo(UINT16_IDX);
    assertThat(hex(ShardFiles.data(large))).isEqualTo(INT32_BIN);
    assertThat(hex(ShardFiles.index(large))).isEqualTo(INT32_IDX);
  }

  @Test
  void readsAcrossDocumentsAndFindsPrefixes() {
    Path prefix =
        write("docs", 100, List.of(new long[] {1, 2, 3}, new long[] {4}, new long[] {5, 6}));

    try (TokenShard shard = TokenShard.open(prefix)) {
      long[] read = new long[5];
      shard.read(2, 4, read, 1);
      assertThat(read).containsExactly(0, 3, 4, 5, 6);
      assertThat(shard.documents()).isEqualTo(3);
      assertThat(shard.tokens()).isEqualTo(6);
      assertThat(List.of(0, 1, 2, 3))
          .extracting(documents -> shard.tokensInFirst(documents))
          .containsExactly(0L, 3L, 4L, 6L);
      assertThat(List.of(0, 1, 3, 4, 5, 6, 7))
          .extracting(tokens -> shard.firstDocumentsReaching(tokens))
          .containsExactly(0L, 1L, 1L, 2L, 3L, 3L, 3L);
      assertThatThrownBy(() -> shard.read(5, 2, read, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> shard.tokensInFirst(4))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void anEmptyShardIsReadable() {
    try (TokenShard shard = TokenShard.open(write("empty", 100, List.of()))) {
      assertThat(shard.documents()).isZero();
      assertThat(shard.tokens()).isZero();
      assertThat(shard.firstDocumentsReaching(1)).isZero();
    }
  }

  @Test
  void manyDocumentsSurviveTheWritersBuffers() {
    int documents = 40_000;
    Path prefix = directory.resolve("many");
    try (TokenShardWriter writer = TokenShardWriter.create(prefix, 100_000)) {
      for (int d = 0; d < documents; d++) {
        writer.append(new int[] {d, d + 1, 0});
      }
      writer.finish();
      assertThat(writer.tokens()).isEqualTo(3L * documents);
    }
    try (TokenShard shard = TokenShard.open(prefix)) {
      long[] last = new long[3];
      shard.read(shard.tokensInFirst(documents - 1), 3, last, 0);
      assertThat(last).containsExactly(documents - 1, documents, 0);
    }
  }

  @Test
  void addressesTokensBeyondTwoGigabytes() throws IOException {
    Path prefix = write("huge", 100_000, List.of(new long[] {1}, new long[] {2}));
    int length = 600_000_000;
    // A sparse file of 4.8 GB: two documents whose index is patched to match.
    try (FileChannel data = FileChannel.open(ShardFiles.data(prefix), StandardOpenOption.WRITE)) {
      data.write(ByteBuffer.wrap(new byte[] {99}), 8L * length - 4);
      data.write(ByteBuffer.wrap(new byte[] {0, 0, 0}), 8L * length - 3);
    }
    ByteBuffer index = read(ShardFiles.index(prefix));
    index.putInt(34, length).putInt(38, length).putLong(50, 4L * length);
    Files.write(ShardFiles.index(prefix), index.array());

    try (TokenShard shard = TokenShard.open(prefix)) {
      long[] read = new long[1];
      shard.read(shard.tokens() - 1, 1, read, 0);
      assertThat(shard.tokens()).isEqualTo(2L * length);
      assertThat(read[0]).isEqualTo(99);
    }
  }

  @Test
  void everyFlippedByteOfAnIndexIsRefused() throws IOException {
    Path prefix = write("flipped", 100, List.of(new long[] {1, 2, 3}, new long[] {4, 0}));
    byte[] original = Files.readAllBytes(ShardFiles.index(prefix));

    for (int position = 0; position < original.length; position++) {
      for (int flip : new int[] {0x01, 0x80, 0xFF}) {
        byte[] lying = original.clone();
        lying[position] ^= (byte) flip;
        Files.write(ShardFiles.index(prefix), lying);
        assertRefused(prefix, "byte %d xor %x".formatted(position, flip));
      }
    }
  }

  @Test
  void truncatedOrLengthenedFilesAreRefused() throws IOException {
    Path prefix = write("cut", 100, List.of(new long[] {1, 2, 3}, new long[] {4, 0}));
    byte[] index = Files.readAllBytes(ShardFiles.index(prefix));
    for (int size = 0; size <= index.length + 40; size++) {
      if (size != index.length) {
        Files.write(ShardFiles.index(prefix), Arrays.copyOf(index, size));
        assertRefused(prefix, "index of %d bytes".formatted(size));
      }
    }
    Files.write(ShardFiles.index(prefix), index);
    Files.write(ShardFiles.data(prefix), new byte[9]);
    assertRefused(prefix, "data of 9 bytes");
    Files.delete(ShardFiles.data(prefix));
    assertRefused(prefix, "no data");
  }

  @Test
  void hugeClaimsAreRefusedWithoutAllocating() throws IOException {
    Path prefix = write("claims", 100, List.of(new long[] {1, 2, 3}));
    ByteBuffer index = read(ShardFiles.index(prefix));
    for (long claim : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 60, 1L << 33}) {
      index.putLong(18, claim).putLong(26, claim + 1);
      Files.write(ShardFiles.index(prefix), index.array());
      assertRefused(prefix, "claim of " + claim);
    }
  }

  @Test
  void anUnfinishedWriterLeavesNothing() throws IOException {
    try (TokenShardWriter writer = TokenShardWriter.create(directory.resolve("gone"), 100)) {
      writer.append(new long[] {1, 2});
    }
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesTokensOutsideTheVocabularyAndEmptyDocuments() {
    try (TokenShardWriter writer = TokenShardWriter.create(directory.resolve("bad"), 100)) {
      assertThatThrownBy(() -> writer.append(new long[] {100}))
          .hasMessageContaining("token 100")
          .hasMessageContaining("vocabulary of 100");
      assertThatThrownBy(() -> writer.append(new long[] {-1})).hasMessageContaining("token -1");
      assertThatThrownBy(() -> writer.append(new long[0])).hasMessageContaining("end-of-text");
    }
  }

  private Path write(String name, int vocabSize, List<long[]> documents) {
    Path prefix = directory.resolve(name);
    try (TokenShardWriter writer = TokenShardWriter.create(prefix, vocabSize)) {
      documents.forEach(writer::append);
      writer.finish();
    }
    return prefix;
  }

  private static void assertRefused(Path prefix, String why) {
    assertThatThrownBy(() -> TokenShard.open(prefix).close())
        .as(why)
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining(prefix.getFileName().toString());
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  private static ByteBuffer read(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
