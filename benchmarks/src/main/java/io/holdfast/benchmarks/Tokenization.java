package io.holdfast.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Encoding speed on an embedded corpus, against the Hugging Face library's own encoding of whole
 * documents with the same {@code tokenizer.json}, in turn in one process.
 */
@Command(
    name = "tokenization",
    mixinStandardHelpOptions = true,
    description = "Compares encoding speed with the Hugging Face library's.")
final class Tokenization implements Runnable {

  @Option(
      names = "--tokenizer",
      required = true,
      description = "a tokenizer.json, such as one below <home>/artifacts/tokenizers")
  Path tokenizerJson;

  @Option(names = "--corpora", split = ",", defaultValue = "english-prose,metamath,factbook")
  List<String> corpora;

  @Option(names = "--threads", split = ",", defaultValue = "1,2")
  List<Integer> threads;

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  /** Encodes one text; returns its number of tokens. */
  @FunctionalInterface
  private interface Encoder {
    long tokens(String text);
  }

  @Override
  public void run() {
    System.out.println("| corpus | threads | Holdfast MB/s | library MB/s | ratio |");
    System.out.println("|---|---|---|---|---|");
    for (String corpus : corpora) {
      List<String> texts = read(corpus);
      for (int count : threads) {
        System.out.println(compare(corpus, texts, count));
      }
    }
  }

  private String compare(String corpus, List<String> texts, int count) {
    double megabytes =
        texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum() / 1e6;
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try (HuggingFaceTokenizer library =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(tokenizerJson)
            .optTruncation(false)
            .optPadding(false)
            .build()) {
      for (int round = 0; round <= rounds; round++) {
        double holdfast = megabytes / holdfastSeconds(texts, count);
        double peer =
            megabytes
                / seconds(
                    texts, count, () -> text -> library.encode(text, false, false).getIds().length);
        if (round > 0) {
          ours.add(holdfast);
          theirs.add(peer);
          ratios.add(holdfast / peer);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.format(
        Locale.ROOT,
        "| %s, %.1f MB | %d | %s | %s | **%s** |",
        corpus,
        megabytes,
        count,
        Spread.of(ours).format("%.1f"),
        Spread.of(theirs).format("%.1f"),
        Spread.of(ratios).format("%.1f"));
  }

  /** A tokenizer loaded afresh, so that no round profits from pieces that an earlier one met. */
  private double holdfastSeconds(List<String> texts, int count) {
    try (Tokenizer tokenizer = Tokenizer.load(TokenizerFile.read(tokenizerJson))) {
      return seconds(texts, count, () -> holdfast(tokenizer));
    }
  }

  private static Encoder holdfast(Tokenizer tokenizer) {
    var encoder = tokenizer.encoder();
    return text -> encoder.encode(List.of(text)).getFirst().length;
  }

  private static double seconds(List<String> texts, int count, Supplier<Encoder> encoders) {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Thread.ofPlatform()
          .start(
              () -> {
                Encoder encoder = encoders.get();
                for (int at = next.getAndIncrement();
                    at < texts.size();
                    at = next.getAndIncrement()) {
                  encoder.tokens(texts.get(at));
                }
                done.countDown();
              });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Documents of an embedded corpus. */
  static List<String> read(String corpus) {
    List<String> texts = new ArrayList<>();
    List<Problem> problems =
        new CorpusReader(
                EmbeddedCorpora.shipped(),
                new CorpusRoots(List.of()),
                ReadingLimits.DEFAULT,
                TaskDocuments.NONE)
            .read(
                "corpora." + corpus,
                CorpusDefinition.embedded(corpus, 0, 0),
                document -> texts.add(document.text()));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.getFirst().describe());
    }
    return texts;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Tokenization()).execute(arguments));
  }
}
