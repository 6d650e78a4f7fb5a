package io.holdfast.data.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.json.Json;
import io.holdfast.data.corpus.CorpusIdentity;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusPart;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.CorpusSplit;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenizer.BpeTrainer;
import io.holdfast.data.tokenizer.PieceCounts;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.data.tokenizer.TokenizerJson;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.shard.TokenShard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A corpus that is tokenized in pieces against the same in one. */
class PieceTokenizerTest {

  private static final int DOCUMENTS = 900;

  @TempDir Path directory;
  private CorpusInspector inspector;
  private Tokenizer tokenizer;

  @BeforeEach
  void writeACorpus() throws IOException {
    Random random = new Random(17);
    PieceCounts counts = new PieceCounts();
    for (int file = 0; file < 3; file++) {
      List<String> lines = new ArrayList<>();
      for (int d = 0; d < DOCUMENTS / 3; d++) {
        String completion = Integer.toString(random.nextInt(), 36).repeat(1 + random.nextInt(9));
        counts.add(completion);
        lines.add(Json.write(Map.of("prompt", "note " + d + ":", "completion", completion)));
      }
      Files.createDirectories(directory.resolve("notes"));
      Files.write(directory.resolve("notes/" + file + ".jsonl"), lines);
    }
    inspector =
        new CorpusInspector(
            new CorpusReader(
                EmbeddedCorpora.shipped(),
                new CorpusRoots(List.of(directory)),
                ReadingLimits.DEFAULT,
                TaskDocuments.NONE));
    Path file = directory.resolve("tokenizer.json");
    TokenizerJson.write(BpeTrainer.train(counts, 400), file);
    tokenizer = Tokenizer.load(TokenizerFile.read(file));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private CorpusTokenizer.Source source(LossScope loss) {
    CorpusDefinition definition = CorpusDefinition.files("notes", 0.1, 0.2).withLoss(loss);
    CorpusInspection.Usable found =
        (CorpusInspection.Usable) inspector.inspect("corpora.notes", definition);
    return new CorpusTokenizer.Source("corpora.notes", definition, found.id(), found.bytes());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "3, 7", "50, 2"})
  void isTheSameByteForByte(int parts, int buckets) throws IOException {
    for (LossScope loss : LossScope.values()) {
      CorpusTokenizer.Source corpus = source(loss);
      Path whole = directory.resolve("whole-" + loss);
      new CorpusTokenizer(inspector::inspect, 2, 1 << 20)
          .tokenize(corpus, tokenizer, whole, () -> false);
      Path inPieces = tokenizeInPieces(corpus, new Division(parts, new Buckets(buckets)));
      for (Split split : Split.values()) {
        String name = CorpusShards.name(split);
        assertThat(joined(inPieces, name, buckets))
            .as("%s of %d parts, %d buckets", name, parts, buckets)
            .isEqualTo(Files.readAllBytes(whole.resolve(name + ".bin")));
        assertSame(whole.resolve(name), inPieces.resolve(name));
      }
    }
  }

  /** In any order, as pods do. */
  private Path tokenizeInPieces(CorpusTokenizer.Source corpus, Division division)
      throws IOException {
    PieceTokenizer pieces = new PieceTokenizer(inspector, 2);
    Path folder = directory.resolve("pieces-" + corpus.definition().learnsCompletions());
    CorpusIdentity identity = new CorpusIdentity();
    List<Path> parts = new ArrayList<>();
    for (int part = 0; part < division.parts(); part++) {
      parts.add(Files.createDirectories(folder.resolve("part-" + part)));
    }
    for (int part : shuffled(division.parts())) {
      pieces.encode(
          corpus,
          new CorpusPart(part, division.parts()),
          division.buckets(),
          tokenizer,
          parts.get(part),
          () -> false);
      identity.add(PieceTokenizer.identity(parts.get(part)));
    }
    assertThat(identity.corpusId(new CorpusSplit(0.1, 0.2), corpus.definition().loss()))
        .isEqualTo(corpus.id());
    List<DurableDirectory> published = new ArrayList<>();
    for (int bucket : shuffled(division.buckets().count())) {
      Path piece = folder.resolve("bucket-" + bucket);
      DurableDirectory.publish(
          piece,
          staging ->
              PieceTokenizer.sort(
                  bucket,
                  division.buckets(),
                  parts,
                  tokenizer.file().vocabSize(),
                  corpus.definition().learnsCompletions(),
                  staging));
      published.add(DurableDirectory.open(piece));
    }
    Path united = folder.resolve("united");
    DurableDirectory.unite(united, published);
    return united;
  }

  private static List<Integer> shuffled(int count) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(numbers, new Random(count));
    return numbers;
  }

  private static byte[] joined(Path directory, String name, int pieces) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int piece = 1; piece <= pieces; piece++) {
      String file = TokenShard.piece(directory.resolve(name), piece, pieces) + ".bin";
      bytes.write(Files.readAllBytes(Path.of(file)));
    }
    return bytes.toByteArray();
  }

  private static void assertSame(Path whole, Path inPieces) {
    try (TokenShard expected = TokenShard.open(whole);
        TokenShard found = TokenShard.open(inPieces)) {
      assertThat(found.documents()).isEqualTo(expected.documents()).isPositive();
      assertThat(found.isMasked()).isEqualTo(expected.isMasked());
      for (long d = 0; d <= expected.documents(); d++) {
        assertThat(found.tokensInFirst(d)).isEqualTo(expected.tokensInFirst(d));
      }
      for (long t = 0; t < expected.tokens(); t++) {
        assertThat(found.isScored(t)).isEqualTo(expected.isScored(t));
      }
    }
  }

  @Test
  void theDivisionFollowsFromTheBytes() {
    assertThat(Division.forBytes(1000, 100, 300)).isEqualTo(new Division(10, new Buckets(4)));
    assertThat(Division.forBytes(1L << 50, 1 << 28, 1 << 28))
        .isEqualTo(new Division(Division.MAX_PARTS, new Buckets(Buckets.MAX_COUNT)));
  }
}
