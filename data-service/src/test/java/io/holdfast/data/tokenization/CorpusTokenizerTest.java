package io.holdfast.data.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.Notes;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenizer.BpeTrainer;
import io.holdfast.data.tokenizer.PieceCounts;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.data.tokenizer.TokenizerJson;
import io.holdfast.lm.shard.TokenShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTokenizerTest {

  private static final int DOCUMENTS = 3000;

  @TempDir Path directory;
  private CorpusInspector inspector;
  private Tokenizer tokenizer;
  private CorpusTokenizer.Source source;
  private final List<PlacedDocument> documents = new ArrayList<>();

  @BeforeEach
  void registerACorpus() throws IOException {
    Files.write(directory.resolve("notes.jsonl"), Notes.lines(DOCUMENTS, 5));
    inspector =
        new CorpusInspector(
            new CorpusReader(
                EmbeddedCorpora.shipped(),
                new CorpusRoots(List.of(directory)),
                ReadingLimits.DEFAULT,
                TaskDocuments.NONE));
    CorpusDefinition definition = CorpusDefinition.files("notes.jsonl", 0.1, 0.2);
    PieceCounts counts = new PieceCounts();
    CorpusInspection found =
        inspector.inspect(
            "corpora.notes",
            definition,
            document -> {
              documents.add(document);
              counts.add(document.document().text());
            });
    CorpusInspection.Usable usable = (CorpusInspection.Usable) found;
    source = new CorpusTokenizer.Source("corpora.notes", definition, usable.id(), usable.bytes());
    Path file = directory.resolve("tokenizer.json");
    TokenizerJson.write(BpeTrainer.train(counts, 400), file);
    tokenizer = Tokenizer.load(TokenizerFile.read(file));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void writesEverySplitInTheOrderOfItsDocumentsEachEndedByEndOfText() {
    Path shards = tokenize("shards", 2, 1 << 20);
    for (Split split : Split.values()) {
      List<int[]> expected = expected(split);
      try (TokenShard shard = TokenShard.open(shards.resolve(CorpusShards.name(split)))) {
        assertThat(shard.documents()).isEqualTo(expected.size()).isPositive();
        for (int d = 0; d < expected.size(); d++) {
          assertThat(document(shard, d)).isEqualTo(expected.get(d));
        }
      }
    }
  }

  @Test
  void writesTheSameBytesWhateverTheThreadsAndBuckets() throws IOException {
    Path one = tokenize("one", 1, Long.MAX_VALUE);
    Path many = tokenize("many", 3, 1 << 10);
    assertThat(Buckets.forBytes(source.bytes(), 1 << 10).count()).isGreaterThan(50);
    for (Split split : Split.values()) {
      for (String ending : List.of(".bin", ".idx")) {
        String name = CorpusShards.name(split) + ending;
        assertThat(many.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
      }
    }
    try (Stream<Path> files = Files.list(many)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "COMPLETE", "dev.bin", "dev.idx", "test.bin", "test.idx", "train.bin", "train.idx");
    }
  }

  @Test
  void refusesACorpusThatChangedAndLeavesNothing() throws IOException {
    Files.write(directory.resolve("notes.jsonl"), Notes.lines(DOCUMENTS, 6));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> tokenize("shards/changed", 2, 1 << 20))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::code)
                    .containsExactly("corpus-changed"));
    assertThat(directory.resolve("shards")).isEmptyDirectory();
  }

  @Test
  void refusesACorpusThatIsGone() throws IOException {
    Files.delete(directory.resolve("notes.jsonl"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> tokenize("shards/gone", 2, 1 << 20));
    assertThat(directory.resolve("shards")).isEmptyDirectory();
  }

  @Test
  void stopsWhenAskedAndLeavesNothing() {
    AtomicInteger asked = new AtomicInteger();
    CorpusTokenizer corpusTokenizer = new CorpusTokenizer(inspector::inspect, 2, 1 << 20);
    Path target = directory.resolve("shards/stopped");
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                corpusTokenizer.tokenize(
                    source, tokenizer, target, () -> asked.incrementAndGet() == DOCUMENTS / 2));
    assertThat(directory.resolve("shards")).isEmptyDirectory();
  }

  private Path tokenize(String name, int threads, long bucketBytes) {
    Path target = directory.resolve(name);
    new CorpusTokenizer(inspector::inspect, threads, bucketBytes)
        .tokenize(source, tokenizer, target, () -> false);
    return target;
  }

  private List<int[]> expected(Split split) {
    List<String> texts =
        documents.stream()
            .filter(document -> document.split() == split)
            .sorted(Comparator.comparing(PlacedDocument::order))
            .map(document -> document.document().text())
            .toList();
    return tokenizer.encoder().encode(texts).stream()
        .map(
            tokens -> {
              int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
              ended[tokens.length] = tokenizer.file().endOfText();
              return ended;
            })
        .toList();
  }

  private static int[] document(TokenShard shard, int document) {
    long from = shard.tokensInFirst(document);
    int count = (int) (shard.tokensInFirst(document + 1L) - from);
    long[] tokens = new long[count];
    shard.read(from, count, tokens, 0);
    return LongStream.of(tokens).mapToInt(Math::toIntExact).toArray();
  }
}
