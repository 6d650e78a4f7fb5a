package io.holdfast.data.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer of single bytes and the one merge {@code ab}. */
class CompletionShardsTest {

  @TempDir Path directory;
  private Tokenizer tokenizer;

  @BeforeEach
  void trainATokenizer() throws IOException {
    PieceCounts counts = new PieceCounts();
    counts.add("ab");
    Path file = directory.resolve("tokenizer.json");
    TokenizerJson.write(BpeTrainer.train(counts, 258), file);
    tokenizer = Tokenizer.load(TokenizerFile.read(file));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  /** The tokens of the only document, the complement of those without a loss. */
  private List<Long> tokens(String record, LossScope loss) throws IOException {
    Files.writeString(directory.resolve("pairs.jsonl"), record);
    CorpusInspector inspector =
        new CorpusInspector(
            new CorpusReader(
                EmbeddedCorpora.shipped(),
                new CorpusRoots(List.of(directory)),
                ReadingLimits.DEFAULT,
                TaskDocuments.NONE));
    CorpusDefinition definition = CorpusDefinition.files("pairs.jsonl", 0, 0).withLoss(loss);
    CorpusInspection.Usable found =
        (CorpusInspection.Usable) inspector.inspect("corpora.pairs", definition);
    Path target = directory.resolve("shards-" + loss);
    new CorpusTokenizer(inspector::inspect, 2, 1 << 20)
        .tokenize(
            new CorpusTokenizer.Source("corpora.pairs", definition, found.id(), found.bytes()),
            tokenizer,
            target,
            () -> false);
    assertThat(Files.exists(target.resolve("train.mask"))).isEqualTo(loss == LossScope.COMPLETION);
    try (TokenShard shard = TokenShard.open(target.resolve("train"))) {
      long[] read = new long[(int) shard.tokens()];
      shard.read(0, read.length, read, 0);
      List<Long> tokens = new ArrayList<>();
      for (int i = 0; i < read.length; i++) {
        tokens.add(shard.isScored(i) ? read[i] : ~read[i]);
      }
      return tokens;
    }
  }

  private long id(String text) {
    int[] tokens = tokenizer.encoder().encode(List.of(text)).getFirst();
    assertThat(tokens).hasSize(1);
    return tokens[0];
  }

  @Test
  void promptAndCompletionAreEncodedEachByItself() throws IOException {
    String record = "{\"prompt\":\"xa\",\"completion\":\"bab\"}";
    long end = tokenizer.file().endOfText();

    // Learned whole, the a of the prompt and the b of the completion are one token.
    assertThat(tokens(record, LossScope.ALL)).containsExactly(id("x"), id("ab"), id("ab"), end);
    assertThat(tokens(record, LossScope.COMPLETION))
        .containsExactly(~id("x"), ~id("a"), id("b"), id("ab"), end);
  }

  /** Without a template of the tokenizer's own, as ChatML. */
  @Test
  void ofAConversationTheAssistantsTurnsAreLearned() throws IOException {
    String record =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
            + "{\"role\":\"assistant\",\"content\":\"abx\"},{\"role\":\"user\",\"content\":\"\"}]}";
    List<Long> expected = new ArrayList<>();
    ids("<|im_start|>user\nx<|im_end|>\n<|im_start|>assistant\n").forEach(t -> expected.add(~t));
    expected.addAll(ids("abx<|im_end|>\n"));
    ids("<|im_start|>user\n<|im_end|>\n").forEach(t -> expected.add(~t));
    expected.add(~(long) tokenizer.file().endOfText());

    assertThat(tokens(record, LossScope.COMPLETION)).isEqualTo(expected);
    assertThat(tokens(record, LossScope.ALL).stream().map(t -> t < 0 ? ~t : t))
        .containsExactlyElementsOf(expected.stream().map(t -> t < 0 ? ~t : t).toList());
  }

  private List<Long> ids(String text) {
    return Arrays.stream(tokenizer.encoder().encode(List.of(text)).getFirst())
        .mapToObj(token -> (long) token)
        .toList();
  }

  @Test
  void withoutAPromptAllIsLearned() throws IOException {
    assertThat(tokens("{\"prompt\":\"\",\"completion\":\"ab\"}", LossScope.COMPLETION))
        .containsExactly(id("ab"), (long) tokenizer.file().endOfText());
  }
}
