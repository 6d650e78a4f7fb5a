package io.holdfast.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tokenizes a corpus alone. In a process of its own: in that of the tests another class loader may
 * have the tokenizer's native library, which can be loaded once.
 */
final class AloneProcess {

  private AloneProcess() {}

  static void tokenize(
      Path root, CorpusDefinition definition, InspectedCorpus corpus, Path tokenizer, Path shards)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AloneProcess.class.getName(),
                root.toString(),
                definition.path(),
                Double.toString(definition.dev()),
                Double.toString(definition.test()),
                corpus.id(),
                Long.toString(corpus.bytes()),
                tokenizer.toString(),
                shards.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  public static void main(String[] arguments) {
    CorpusInspector inspector =
        new CorpusInspector(
            new CorpusReader(
                EmbeddedCorpora.shipped(),
                new CorpusRoots(List.of(Path.of(arguments[0]))),
                ReadingLimits.DEFAULT,
                TaskDocuments.NONE));
    CorpusTokenizer.Source corpus =
        new CorpusTokenizer.Source(
            "notes",
            CorpusDefinition.files(
                arguments[1], Double.parseDouble(arguments[2]), Double.parseDouble(arguments[3])),
            arguments[4],
            Long.parseLong(arguments[5]));
    try (Tokenizer tokenizer = Tokenizer.load(TokenizerFile.read(Path.of(arguments[6])))) {
      new CorpusTokenizer(inspector::inspect, 2, 1L << 40)
          .tokenize(corpus, tokenizer, Path.of(arguments[7]), () -> false);
    }
  }
}
