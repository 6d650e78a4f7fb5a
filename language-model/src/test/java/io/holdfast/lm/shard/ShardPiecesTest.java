package io.holdfast.lm.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shard in pieces against the same documents in one. */
class ShardPiecesTest {

  private static final int DOCUMENTS = 300;

  @TempDir Path directory;
  private final SplittableRandom random = new SplittableRandom(71);
  private final List<int[]> documents = new ArrayList<>();
  private final List<BitSet> losses = new ArrayList<>();

  private void makeDocuments(int vocabulary) {
    for (int d = 0; d < DOCUMENTS; d++) {
      int[] tokens = random.ints(random.nextInt(1, 40), 0, vocabulary).toArray();
      BitSet loss = new BitSet();
      for (int t = 0; t < tokens.length; t++) {
        loss.set(t, random.nextInt(3) > 0);
      }
      documents.add(tokens);
      losses.add(loss);
    }
  }

  private void write(Path prefix, int from, int to, int vocabulary, boolean masked) {
    try (TokenShardWriter writer =
        masked
            ? TokenShardWriter.createMasked(prefix, vocabulary)
            : TokenShardWriter.create(prefix, vocabulary)) {
      for (int d = from; d < to; d++) {
        if (masked) {
          writer.append(documents.get(d), losses.get(d));
        } else {
          writer.append(documents.get(d));
        }
      }
      writer.finish();
    }
  }

  /** Cuts anywhere; some pieces have nothing in them. */
  private Path writeInPieces(int pieces, int vocabulary, boolean masked) throws IOException {
    Path prefix = Files.createDirectories(directory.resolve("in-" + pieces)).resolve("train");
    int[] cuts = random.ints(pieces - 1L, 0, DOCUMENTS + 1).sorted().toArray();
    for (int p = 0; p < pieces; p++) {
      int from = p == 0 ? 0 : cuts[p - 1];
      int to = p == pieces - 1 ? DOCUMENTS : cuts[p];
      write(TokenShard.piece(prefix, p + 1, pieces), from, to, vocabulary, masked);
    }
    return prefix;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areReadAsOneShard(boolean masked) throws IOException {
    int vocabulary = masked ? 70_000 : 500;
    makeDocuments(vocabulary);
    Path one = Files.createDirectory(directory.resolve("one")).resolve("train");
    write(one, 0, DOCUMENTS, vocabulary, masked);
    for (int pieces : new int[] {1, 2, 3, 17, 400}) {
      Path many = writeInPieces(pieces, vocabulary, masked);
      try (TokenShard expected = TokenShard.open(one);
          TokenShard found = TokenShard.open(many);
          TokenIndex index = TokenIndex.open(many)) {
        assertSameShape(found, index, expected);
        assertSameTokens(found, expected);
        assertThat(found.isMasked()).isEqualTo(masked);
        assertSameLosses(found, expected);
      }
      assertThat(joined(many, pieces)).isEqualTo(Files.readAllBytes(ShardFiles.data(one)));
    }
  }

  private static void assertSameShape(TokenShard found, TokenIndex index, TokenShard expected) {
    assertThat(found.type()).isEqualTo(expected.type());
    assertThat(found.documents()).isEqualTo(index.documents()).isEqualTo(DOCUMENTS);
    assertThat(found.tokens()).isEqualTo(index.tokens()).isEqualTo(expected.tokens());
    for (long d = 0; d <= DOCUMENTS; d++) {
      assertThat(found.tokensInFirst(d))
          .isEqualTo(index.tokensInFirst(d))
          .isEqualTo(expected.tokensInFirst(d));
    }
    for (long t = -1; t <= expected.tokens() + 1; t++) {
      assertThat(index.firstDocumentsReaching(t)).isEqualTo(expected.firstDocumentsReaching(t));
    }
  }

  private void assertSameTokens(TokenShard found, TokenShard expected) {
    for (int i = 0; i < 500; i++) {
      long from = random.nextLong(expected.tokens());
      int count = (int) Math.min(random.nextInt(200), expected.tokens() - from);
      long[] read = new long[count + 2];
      long[] wanted = new long[count + 2];
      found.read(from, count, read, 1);
      expected.read(from, count, wanted, 1);
      assertThat(read).isEqualTo(wanted);
    }
  }

  private void assertSameLosses(TokenShard found, TokenShard expected) {
    for (int i = 0; i < 500; i++) {
      long from = random.nextLong(expected.tokens());
      long count = random.nextLong(expected.tokens() - from + 1);
      assertThat(found.scored(from, count)).isEqualTo(expected.scored(from, count));
      assertThat(found.isScored(from)).isEqualTo(expected.isScored(from));
    }
  }

  private static byte[] joined(Path prefix, int pieces) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int p = 1; p <= pieces; p++) {
      bytes.write(Files.readAllBytes(ShardFiles.data(ShardFiles.piece(prefix, p, pieces))));
    }
    return bytes.toByteArray();
  }

  @Test
  void aMissingPieceIsNoticed() throws IOException {
    makeDocuments(100);
    for (int lost = 1; lost <= 3; lost++) {
      for (String ending : List.of(".bin", ".idx")) {
        Path prefix = writeInPieces(3, 100, false);
        Path piece = ShardFiles.piece(prefix, lost, 3);
        Files.delete(piece.resolveSibling(piece.getFileName() + ending));
        assertThatThrownBy(() -> TokenShard.open(prefix))
            .isInstanceOf(UnusableArtifactException.class)
            .hasMessageContaining(piece.getFileName().toString());
        Files.list(prefix.getParent()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  @Test
  void aPieceOfAnotherLengthIsNoticed() throws IOException {
    makeDocuments(100);
    Path prefix = writeInPieces(2, 100, false);
    Files.write(ShardFiles.data(ShardFiles.piece(prefix, 2, 2)), new byte[3]);
    assertThatThrownBy(() -> TokenShard.open(prefix))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("00002-of-00002.bin");
  }
}
