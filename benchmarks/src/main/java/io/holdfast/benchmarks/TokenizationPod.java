package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.data.corpus.CorpusPart;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.data.tokenization.Division;
import io.holdfast.data.tokenization.PieceTokenizer;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.lm.durable.DurableDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A process that does its share of one step of a tokenization, and says how long it took. */
final class TokenizationPod {

  /** What there is to do. */
  enum Step {
    ALONE,
    ENCODE,
    SORT
  }

  /**
   * Seconds without the start of the process.
   *
   * @param processor of all its threads
   */
  record Report(double wall, double processor) {

    static Report of(Process process) throws IOException {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(said.strip().lines().toList().getLast(), Report.class);
    }
  }

  private final SharedCorpus corpus;
  private final Tokenizer tokenizer;

  private TokenizationPod(SharedCorpus corpus, Tokenizer tokenizer) {
    this.corpus = corpus;
    this.tokenizer = tokenizer;
  }

  private void perform(Step step) throws IOException {
    Division division = corpus.division();
    switch (step) {
      case ALONE ->
          new CorpusTokenizer(corpus.inspector()::inspect, 1, corpus.bucketBytes())
              .tokenize(corpus.source(), tokenizer, corpus.output().resolve("shards"), () -> false);
      case ENCODE -> {
        for (int part = 0; part < division.parts(); part++) {
          if (claims("part-" + part)) {
            encode(new CorpusPart(part, division.parts()), division);
          }
        }
      }
      case SORT -> {
        for (int bucket = 0; bucket < division.buckets().count(); bucket++) {
          if (claims("bucket-" + bucket)) {
            sort(bucket, division);
          }
        }
      }
    }
  }

  /** A file can be created once. */
  private boolean claims(String piece) throws IOException {
    Path claims = Files.createDirectories(corpus.output().resolve("claims"));
    try {
      Files.createFile(claims.resolve(piece));
      return true;
    } catch (FileAlreadyExistsException anothers) {
      return false;
    }
  }

  private void encode(CorpusPart part, Division division) {
    PieceTokenizer pieces = new PieceTokenizer(corpus.inspector(), 1);
    DurableDirectory.publish(
        corpus.part(part.number()),
        staging ->
            pieces.encode(
                corpus.source(), part, division.buckets(), tokenizer, staging, () -> false));
  }

  private void sort(int bucket, Division division) {
    List<Path> parts = IntStream.range(0, division.parts()).mapToObj(corpus::part).toList();
    DurableDirectory.publish(
        corpus.buckets().resolve(Integer.toString(bucket)),
        staging ->
            PieceTokenizer.sort(
                bucket, division.buckets(), parts, tokenizer.file().vocabSize(), false, staging));
  }

  private static double processorSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /**
   * @param arguments step, then {@link SharedCorpus#arguments}
   */
  public static void main(String[] arguments) throws IOException {
    List<String> all = Arrays.asList(arguments);
    SharedCorpus corpus = SharedCorpus.of(all.subList(1, all.size()));
    try (Tokenizer tokenizer = Tokenizer.load(TokenizerFile.read(corpus.tokenizer()))) {
      long begin = System.nanoTime();
      double processor = processorSeconds();
      new TokenizationPod(corpus, tokenizer).perform(Step.valueOf(all.getFirst()));
      Report report = new Report((System.nanoTime() - begin) / 1e9, processorSeconds() - processor);
      System.out.println(Json.write(report));
    }
  }
}
