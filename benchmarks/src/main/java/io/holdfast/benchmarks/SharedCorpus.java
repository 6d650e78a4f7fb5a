package io.holdfast.benchmarks;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.data.tokenization.Division;
import java.nio.file.Path;
import java.util.List;

/**
 * A corpus in a folder, and where its pieces and shards go.
 *
 * @param source as it was registered
 */
record SharedCorpus(
    Path folder,
    Path tokenizer,
    int partMegabytes,
    int bucketMegabytes,
    CorpusTokenizer.Source source) {

  private static final CorpusDefinition FILES = CorpusDefinition.files("*.jsonl", 0.01, 0.01);

  /** Reads the corpus to know it. */
  SharedCorpus(Path folder, Path tokenizer, int partMegabytes, int bucketMegabytes) {
    this(folder, tokenizer, partMegabytes, bucketMegabytes, registered(folder));
  }

  private static CorpusTokenizer.Source registered(Path folder) {
    CorpusInspection.Usable found =
        (CorpusInspection.Usable) inspector(folder).inspect("corpus", FILES);
    return new CorpusTokenizer.Source("corpus", FILES, found.id(), found.bytes());
  }

  /** As a process was told of it. */
  static SharedCorpus of(List<String> arguments) {
    return new SharedCorpus(
        Path.of(arguments.get(0)),
        Path.of(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Integer.parseInt(arguments.get(3)),
        new CorpusTokenizer.Source(
            "corpus", FILES, arguments.get(4), Long.parseLong(arguments.get(5))));
  }

  List<String> arguments() {
    return List.of(
        folder.toString(),
        tokenizer.toString(),
        Integer.toString(partMegabytes),
        Integer.toString(bucketMegabytes),
        source.id(),
        Long.toString(source.bytes()));
  }

  CorpusInspector inspector() {
    return inspector(folder);
  }

  private static CorpusInspector inspector(Path folder) {
    return new CorpusInspector(
        new CorpusReader(
            EmbeddedCorpora.shipped(),
            new CorpusRoots(List.of(folder.resolve("corpus"))),
            ReadingLimits.DEFAULT,
            TaskDocuments.NONE));
  }

  Division division() {
    return Division.forBytes(source.bytes(), partMegabytes * 1_000_000L, bucketBytes());
  }

  long bucketBytes() {
    return bucketMegabytes * 1_000_000L;
  }

  /** Everything that tokenizing writes. */
  Path output() {
    return folder.resolve("output");
  }

  Path part(int number) {
    return output().resolve("parts").resolve(Integer.toString(number));
  }

  Path buckets() {
    return output().resolve("buckets");
  }
}
