package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.shard.TokenShard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compares shards that were made in pieces with those that one process makes alone. */
final class TokenizedAlone {

  private TokenizedAlone() {}

  /**
   * @param root folder below which the corpus's files lie
   * @param definition of the study's corpus {@code notes}
   * @param tokenizers folder of tokenizers
   * @param shards folder of shards
   */
  static void assertSame(
      Path root, CorpusDefinition definition, Inspection study, Path tokenizers, Path shards)
      throws IOException, InterruptedException {
    String corpus = study.corpora().get("notes").id();
    Path alone = root.resolveSibling("alone");
    AloneProcess.tokenize(
        root,
        definition,
        study.corpora().get("notes"),
        tokenizers.resolve(study.tokenizer()).resolve("tokenizer.json"),
        alone);
    String name = new CorpusShards(corpus, study.tokenizer()).directory();
    Path together = shards.resolve(Path.of(name).getFileName());
    DurableDirectory.open(together).verify();
    for (Split split : Split.values()) {
      String prefix = CorpusShards.name(split);
      assertThat(joined(together, prefix))
          .isEqualTo(Files.readAllBytes(alone.resolve(prefix + ".bin")));
      assertSameDocuments(together.resolve(prefix), alone.resolve(prefix));
    }
  }

  private static byte[] joined(Path directory, String prefix) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> pieces =
          files
              .filter(file -> file.getFileName().toString().matches(prefix + "\\..*-of-.*\\.bin"))
              .sorted()
              .toList();
      assertThat(pieces).hasSizeGreaterThan(1);
      for (Path piece : pieces) {
        bytes.write(Files.readAllBytes(piece));
      }
    }
    return bytes.toByteArray();
  }

  private static void assertSameDocuments(Path together, Path alone) {
    try (TokenShard found = TokenShard.open(together);
        TokenShard expected = TokenShard.open(alone)) {
      assertThat(found.documents()).isEqualTo(expected.documents()).isPositive();
      for (long d = 0; d <= expected.documents(); d++) {
        assertThat(found.tokensInFirst(d)).isEqualTo(expected.tokensInFirst(d));
      }
    }
  }
}
