package io.holdfast.lm.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossMaskTest {

  @TempDir Path directory;

  private Path write(Path prefix, int[] tokens, BitSet hasLoss) {
    try (TokenShardWriter writer = TokenShardWriter.createMasked(prefix, 100)) {
      writer.append(tokens, hasLoss);
      writer.finish();
    }
    return prefix;
  }

  private static BitSet of(int... tokens) {
    BitSet set = new BitSet();
    for (int token : tokens) {
      set.set(token);
    }
    return set;
  }

  /** Five tokens, of which 1 and 4 have a loss: the word is 2 + 16. */
  @Test
  void isABitForEachTokenBehindAHeader() throws IOException {
    Path prefix = write(directory.resolve("five"), new int[] {7, 8, 9, 10, 0}, of(1, 4));

    byte[] mask = Files.readAllBytes(ShardFiles.mask(prefix));
    assertThat(mask).hasSize(32 + 8);
    assertThat(mask[16]).isEqualTo((byte) 5);
    assertThat(mask[24]).isEqualTo((byte) 2);
    assertThat(mask[32]).isEqualTo((byte) 18);
  }

  @Test
  void countsAsABitSetDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int tokens = 1 + random.nextInt(300);
    BitSet hasLoss = new BitSet();
    random.ints(tokens / 2, 0, tokens).forEach(hasLoss::set);
    Path prefix = write(directory.resolve("random"), new int[tokens], hasLoss);

    try (TokenShard shard = TokenShard.open(prefix)) {
      assertThat(shard.isMasked()).isTrue();
      for (int from = 0; from < tokens; from++) {
        assertThat(shard.isScored(from)).as("seed %d", seed).isEqualTo(hasLoss.get(from));
        int to = from + random.nextInt(tokens - from + 1);
        assertThat(shard.scored(from, to - from))
            .as("seed %d, %d to %d", seed, from, to)
            .isEqualTo(hasLoss.get(from, to).cardinality());
      }
    }
  }

  @Test
  void withoutAMaskEveryTokenHasALossAndTheOtherFilesAreTheSame() throws IOException {
    int[] tokens = {1, 2, 3, 0};
    Path masked = write(directory.resolve("masked"), tokens, of(2, 3));
    Path plain = directory.resolve("plain");
    try (TokenShardWriter writer = TokenShardWriter.create(plain, 100)) {
      writer.append(tokens);
      writer.finish();
    }

    assertThat(ShardFiles.data(masked)).hasSameBinaryContentAs(ShardFiles.data(plain));
    assertThat(ShardFiles.index(masked)).hasSameBinaryContentAs(ShardFiles.index(plain));
    assertThat(ShardFiles.mask(plain)).doesNotExist();
    try (TokenShard shard = TokenShard.open(plain)) {
      assertThat(shard.isMasked()).isFalse();
      assertThat(shard.scored(1, 3)).isEqualTo(3);
      assertThat(shard.isScored(0)).isTrue();
    }
  }

  @Test
  void everyFlippedBitIsRefused() throws IOException {
    Path prefix = write(directory.resolve("flipped"), new int[70], of(0, 5, 64, 69));
    byte[] original = Files.readAllBytes(ShardFiles.mask(prefix));

    for (int bit = 0; bit < 8 * original.length; bit++) {
      byte[] lying = original.clone();
      lying[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(ShardFiles.mask(prefix), lying);
      assertThatThrownBy(() -> TokenShard.open(prefix))
          .as("bit %d", bit)
          .isInstanceOf(UnusableArtifactException.class);
    }
    Files.write(ShardFiles.mask(prefix), java.util.Arrays.copyOf(original, original.length - 8));
    assertThatThrownBy(() -> TokenShard.open(prefix)).isInstanceOf(UnusableArtifactException.class);
  }

  @Test
  void aLostMaskIsMissed() throws IOException {
    Path published = directory.resolve("published");
    DurableDirectory.publish(
        published, staging -> write(staging.resolve("train"), new int[] {1, 0}, of(1)));
    TokenShard.open(published.resolve("train")).close();

    Files.delete(ShardFiles.mask(published.resolve("train")));

    assertThatThrownBy(() -> TokenShard.open(published.resolve("train")))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("train.mask");
  }

  @Test
  void aWriterIsToldOfLossesExactlyWhenItHasAMask() {
    try (TokenShardWriter plain = TokenShardWriter.create(directory.resolve("a"), 100);
        TokenShardWriter masked = TokenShardWriter.createMasked(directory.resolve("b"), 100)) {
      assertThatThrownBy(() -> plain.append(new int[] {1}, new BitSet()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> masked.append(new int[] {1}))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }
}
